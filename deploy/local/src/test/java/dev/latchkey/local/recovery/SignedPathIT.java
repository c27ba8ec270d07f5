package dev.latchkey.local.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.local.LocalRun;
import dev.latchkey.local.client.Api;
import dev.latchkey.local.client.Api.Answer;
import dev.latchkey.local.client.Api.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links on the whole platform: made, used, expired, taken back, and what a killed service leaves of them. */
@Timeout(180)
class SignedPathIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path home;

    private static LocalRun run;
    private static Api api;
    private static Tokens owner;

    @BeforeAll
    static void start() throws Exception {
        run = LocalRun.platform(home, Map.of());
        api = new Api(run.url());
        owner = api.makeOwner();
    }

    @AfterAll
    static void end() throws Exception {
        if (run != null) {
            run.close();
        }
    }

    private static Answer sign(String token, String path, int expires) throws IOException {
        return api.postJson("/api/signed_paths", token, Map.of("path", path, "expires", expires));
    }

    private static String link(String token, String path) throws IOException {
        return sign(token, path, 60).json().getString("path");
    }

    @Test
    void aFileIsReadWithATokenOrALinkAndNotWithout() throws Exception {
        assertThat(api.get("/files/hello.txt").status()).isEqualTo(401);
        assertThat(api.get("/files/hello.txt", owner.access()).body()).isEqualTo("Hello from Latchkey.\n");
        assertThat(api.get(link(owner.access(), "/files/hello.txt")).body()).isEqualTo("Hello from Latchkey.\n");
        assertThat(api.get(link(owner.access(), "/files/hello.txt").replace("hello", "large"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aSocketSignsAsRestDoes() throws Exception {
        try (var socket = SocketClient.connect(api.url(), owner.access())) {
            var result = socket.command(Map.of("type", "auth/sign_path", "path", "/files/hello.txt", "expires", 20))
                    .getJsonObject("result");

            assertThat(api.get(result.getString("path")).status()).isEqualTo(200);
        }
    }

    @Test
    void aLinkExpiresAndABrowserIsToldSoOnAPage() throws Exception {
        var link = sign(owner.access(), "/files/hello.txt", 1).json().getString("path");
        await().atMost(SOON).until(() -> api.get(link).status() == 401);

        try (var http = HttpClient.newHttpClient()) {
            var browser = HttpRequest.newBuilder(URI.create(api.url() + link))
                    .header("Accept", "text/html")
                    .build();
            var page = http.send(browser, HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(401);
            assertThat(page.body()).contains("<h1>This link does not work any more</h1>");
            assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        }
    }

    @Test
    void aLinkEndsWithTheGrantThatMadeIt() throws Exception {
        var tokens = api.signIn();
        var link = link(tokens.access(), "/files/hello.txt");
        assertThat(api.get(link).status()).isEqualTo(200);

        assertThat(api.revoke(tokens.refresh()).status()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(3)).until(() -> api.get(link).status() == 401);
        assertThat(sign(tokens.access(), "/files/hello.txt", 60).status()).isEqualTo(401);
    }

    @Test
    void aRestartEndsTheLinksAndNewOnesAreMade() throws Exception {
        var before = link(owner.access(), "/files/hello.txt");
        assertThat(api.get(before).status()).isEqualTo(200);

        var killed = run.kill("signing-service");
        await().atMost(SOON)
                .until(() -> run.process("signing-service")
                        .filter(process -> process.pid() != killed.pid())
                        .isPresent());
        await().atMost(SOON)
                .until(() -> sign(owner.access(), "/files/hello.txt", 60).status() == 200);

        assertThat(api.get(before).status()).isEqualTo(401);
        assertThat(api.get(link(owner.access(), "/files/hello.txt")).status()).isEqualTo(200);
    }

    @Test
    void withoutKafkaNothingThatWasRevokedPasses() throws Exception {
        var tokens = api.signIn();
        var kept = api.signIn();
        var link = link(tokens.access(), "/files/hello.txt");
        var keptLink = link(kept.access(), "/files/hello.txt");

        run.kill("kafka");
        assertThat(api.revoke(tokens.refresh()).status()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(5)).until(() -> api.get(link).status() == 401);
        await().atMost(SOON).until(() -> api.get(keptLink).status() == 200);
        assertThat(api.get(link).status()).isEqualTo(401);
    }

    @Test
    void aDecisionIsForGatewaysAlone() throws Exception {
        for (var path :
                new String[] {"/authz/auth-request", "/authz/forward-auth", "/authz/ext-authz/files/hello.txt"}) {
            var answer = api.get(path, owner.access());
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).isEmpty();
        }
    }
}
