package dev.latchkey.auth.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the pages show of an app that says something about itself. */
@AuthServiceTest
@TestProfile(PublishingAppIT.LocalApps.class)
class PublishingAppIT {

    /** Apps may live on this machine. */
    public static class LocalApps implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "latchkey.auth.client-fetch.allowed-networks", "127.0.0.0/8",
                    "latchkey.auth.client-fetch.allowed-ports", "1024-65535");
        }
    }

    @Inject
    People people;

    private final AtomicInteger questions = new AtomicInteger();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private HttpServer app;
    private String origin;
    private Person person;

    @BeforeEach
    void start() throws IOException {
        person = people.someone("system-users");
        app = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        app.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        origin = "http://127.0.0.1:" + app.getAddress().getPort();
        app.createContext("/app", this::publish);
        app.createContext("/slow", exchange -> {
            waitForPermission();
            publish(exchange);
        });
        app.start();
    }

    @AfterEach
    void stop() {
        mayAnswer.countDown();
        app.stop(0);
    }

    @Test
    void itsNameIsShownAsItsOwnClaimBelowItsHost() {
        AuthorizeFlow flow = new AuthorizeFlow().get("client_id", origin + "/app", "redirect_uri", origin + "/cb");

        assertThat(flow.page().select(".host").text()).isEqualTo(origin.substring("http://".length()));
        assertThat(flow.page().select(".claim").text()).isEqualTo("calls itself “Home <Assistant>”");
        assertThat(flow.page().select(".address").text()).contains(origin + "/app");
        assertThat(flow.page().select(".warning")).isEmpty();
        assertThat(flow.signIn(person.username(), person.password())
                        .page()
                        .select(".claim")
                        .text())
                .contains("Home <Assistant>");
        assertThat(questions).hasValue(1);
    }

    @Test
    void aRedirectToAnotherOriginIsWarnedOf() {
        AuthorizeFlow flow = new AuthorizeFlow().get("client_id", origin + "/app", "redirect_uri", "hass://auth");
        assertThat(flow.page().select(".warning .target").text()).isEqualTo("hass://auth");
        flow.signIn(person.username(), "wrong");
        assertThat(flow.page().select(".warning .target").text()).isEqualTo("hass://auth");
        flow.signIn(person.username(), person.password());
        assertThat(flow.page().select(".warning .target").text()).isEqualTo("hass://auth");
        assertThat(flow.response().header("Content-Security-Policy")).endsWith("form-action 'self' hass: https:");

        flow.submit("allow");
        assertThat(flow.status()).isEqualTo(303);
        assertThat(flow.response().header("Location")).startsWith("hass://auth?code=");
    }

    @Test
    void aRedirectThatItDoesNotPublishIsRefused() {
        AuthorizeFlow flow = new AuthorizeFlow().get("client_id", origin + "/app", "redirect_uri", "hass://other");
        assertThat(flow.status()).isEqualTo(400);
        assertThat(flow.page().select("dd code").eachText()).contains("not_published");
    }

    @Test
    void aSlowAppDelaysOnePageALittleAndTheNextOnesNotAtAll() {
        String[] request = {"client_id", origin + "/slow", "redirect_uri", origin + "/cb"};

        AuthorizeFlow first = new AuthorizeFlow().get(request);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.page().select(".claim")).isEmpty();
        AuthorizeFlow second = new AuthorizeFlow().get(request);
        assertThat(second.page().select(".claim")).isEmpty();
        assertThat(Duration.ofMillis(second.response().time())).isLessThan(Duration.ofMillis(1500));
        assertThat(questions).hasValueLessThanOrEqualTo(1);

        mayAnswer.countDown();
        await().untilAsserted(() -> assertThat(
                        new AuthorizeFlow().get(request).page().select(".claim").text())
                .contains("Home <Assistant>"));
        assertThat(questions).hasValue(1);
    }

    private void publish(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        String document = """
                {"client_id": "%s", "client_name": "Home <Assistant>", "redirect_uris": ["hass://auth"]}
                """.formatted(origin + exchange.getRequestURI().getPath());
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void waitForPermission() {
        try {
            mayAnswer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
