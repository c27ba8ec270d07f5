package dev.latchkey.local.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Loopback;
import dev.latchkey.platform.net.Networks;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several replicas of a service behind the gateway. */
@Timeout(60)
class ReplicasIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MANY = 20;

    @TempDir
    private Path files;

    private final HttpClient http = HttpClient.newHttpClient();
    private Vertx vertx;
    private FakeReplica one;
    private FakeReplica two;
    private int port;
    private int sharedPort;
    private Gateway gateway;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        one = new FakeReplica(vertx, "one");
        two = new FakeReplica(vertx, "two");
        one.start();
        two.start();
        var ports = Loopback.freePorts(2);
        port = ports.get(0);
        sharedPort = ports.get(1);
        var replicas = Replicas.atPorts(List.of(one.port, two.port), List.of(one.managementPort, two.managementPort));
        Files.writeString(files.resolve("hello.txt"), "hello");
        gateway = Gateway.open(
                Loopback.HOST,
                port,
                List.of(new Route("/*", replicas), new Route("/never", replicas)),
                null,
                Networks.none());
        gateway.openToServices(sharedPort, replicas);
        await().atMost(SOON).until(() -> answers(port).size() == 2);
    }

    @AfterEach
    void close() {
        gateway.close();
        vertx.close();
        http.close();
    }

    /** Who answered how often. */
    private Map<String, Integer> answers(int at) throws IOException {
        var times = new HashMap<String, Integer>();
        for (var i = 0; i < MANY; i++) {
            times.merge(ask(at, "").body(), 1, Integer::sum);
        }
        return times;
    }

    private HttpResponse<String> ask(int at, String body) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + "/"))
                .method(body.isEmpty() ? "GET" : "POST", HttpRequest.BodyPublishers.ofString(body))
                .header("X-Forwarded-For", "10.1.2.3")
                .timeout(Duration.ofSeconds(10));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private String socketGreeting(WebSocketClient client) throws Exception {
        var greeting = new LinkedBlockingQueue<String>();
        var socket = client.webSocket().textMessageHandler(greeting::add);
        socket.connect(port, Loopback.HOST, "/")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, SECONDS);
        var first = greeting.poll(5, SECONDS);
        socket.close();
        return first;
    }

    /** At the first try, unless a slow machine has just made one of them late for a health check. */
    private static void awaitTurns(Callable<String> whoAnswers) {
        await().atMost(SOON).untilAsserted(() -> {
            var names = new ArrayList<String>();
            for (var i = 0; i < MANY; i++) {
                names.add(whoAnswers.call());
            }
            assertThat(names).containsOnly("one", "two");
            assertThat(IntStream.range(1, MANY))
                    .as("one after the other: " + names)
                    .allMatch(i -> !names.get(i).equals(names.get(i - 1)));
        });
    }

    @Test
    void theyTakeTurns() {
        awaitTurns(() -> ask(port, "").body());
    }

    @Test
    void socketsTakeTurnsToo() throws Exception {
        var client = vertx.createWebSocketClient();

        awaitTurns(() -> socketGreeting(client));

        one.kill();
        assertThat(List.of(socketGreeting(client), socketGreeting(client))).containsOnly("two");
    }

    @Test
    void whenOneIsGoneNoRequestFailsNotEvenOneWithABody() throws Exception {
        one.kill();

        for (var i = 0; i < MANY; i++) {
            assertThat(ask(port, "!").body()).isEqualTo("two!");
        }
    }

    @Test
    void oneThatIsNotReadyIsPassedOverUntilItIs() throws Exception {
        one.ready = false;
        await().atMost(SOON).until(() -> answers(port).equals(Map.of("two", MANY)));

        one.ready = true;
        await().atMost(SOON).until(() -> answers(port).size() == 2);
    }

    @Test
    void oneThatAnswersNothingIsPassedOver() throws Exception {
        one.silent = true;

        await().atMost(SOON).until(() -> answers(port).equals(Map.of("two", MANY)));
    }

    @Test
    void oneThatIsBackIsAskedWhetherItIsReadyBeforeItGetsARequest() throws Exception {
        one.kill();
        assertThat(answers(port)).isEqualTo(Map.of("two", MANY));
        one.ready = false;
        one.start();

        var asked = one.healthChecks();
        await().atMost(SOON).until(() -> one.healthChecks() > asked + 1);

        assertThat(answers(port)).isEqualTo(Map.of("two", MANY));
    }

    @Test
    void whenNoneIsReadyTheyAreAskedAllTheSame() throws Exception {
        one.ready = false;
        two.ready = false;
        var asked = two.healthChecks();
        await().atMost(SOON).until(() -> two.healthChecks() > asked + 1);

        assertThat(answers(port).values().stream().mapToInt(times -> times).sum())
                .isEqualTo(MANY);

        two.kill();
        assertThat(answers(port)).isEqualTo(Map.of("one", MANY));
    }

    @Test
    void whenAllAreGoneItIsSaidSo() throws Exception {
        one.kill();
        two.kill();

        assertThat(ask(port, "").statusCode()).isEqualTo(503);
        assertThat(ask(sharedPort, "").statusCode()).isEqualTo(502);
    }

    @Test
    void servicesReachWhicheverRunsAndWhatTheySayIsPassedOnAsItIs() throws Exception {
        awaitTurns(() -> ask(sharedPort, "").body());
        assertThat(ask(sharedPort, "").headers().firstValue("x-forwarded-for")).contains("10.1.2.3");
        assertThat(ask(port, "").headers().firstValue("x-forwarded-for")).contains("unknown, 127.0.0.1");

        two.kill();
        for (var i = 0; i < MANY; i++) {
            assertThat(ask(sharedPort, "!").body()).isEqualTo("one!");
        }
    }

    @Test
    void filesAreDecidedAboutByWhicheverRuns() throws Exception {
        var filesPort = Loopback.freePort();
        var replicas = Replicas.atPorts(List.of(one.port, two.port), List.of(one.managementPort, two.managementPort));
        var withFiles = Gateway.open(
                Loopback.HOST, filesPort, List.of(), new FileSettings(files, replicas, "secret"), Networks.none());
        try {
            one.kill();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + filesPort + "/files/hello.txt"))
                    .build();
            for (var i = 0; i < MANY; i++) {
                assertThat(http.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .isEqualTo("hello");
            }
        } finally {
            withFiles.close();
        }
    }
}
