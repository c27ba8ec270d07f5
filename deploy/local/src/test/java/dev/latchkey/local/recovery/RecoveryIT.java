package dev.latchkey.local.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.local.LocalRun;
import dev.latchkey.local.client.Api;
import dev.latchkey.local.client.Api.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills what the platform is made of while clients use it. */
@Timeout(180)
class RecoveryIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path home;

    private static LocalRun run;
    private static Api api;
    private static Tokens tokens;
    private static Tokens revoked;
    private static String longLived;

    @BeforeAll
    static void makePromises() throws Exception {
        run = LocalRun.platform(home, Map.of());
        api = new Api(run.url());
        tokens = api.makeOwner();
        try (var socket = SocketClient.connect(api.url(), tokens.access())) {
            longLived = socket.command(Map.of(
                            "type", "auth/long_lived_access_token", "lifespan", 365, "client_name", "A dashboard"))
                    .getString("result");
        }
        revoked = api.signIn();
        assertThat(api.get("/api/", revoked.access()).status()).isEqualTo(200);
        assertThat(api.revoke(revoked.refresh()).status()).isEqualTo(200);
    }

    @AfterAll
    static void end() throws Exception {
        if (run != null) {
            run.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "kafka", "auth-service"})
    void whoeverIsKilledComesBackAndNoPromiseIsForgotten(String victim) throws Exception {
        var code = api.code();
        assertThat(api.redeem(code).status()).isEqualTo(200);
        try (var clients = BusyClients.start(api, tokens)) {
            awaitAllWell(clients);

            var killed = run.kill(victim);

            await("a new " + victim)
                    .atMost(SOON)
                    .until(() -> run.process(victim)
                            .filter(next -> !next.equals(killed))
                            .isPresent());
            awaitAllWell(clients);
            clients.stop();
            System.out.println(victim + " was killed; clients saw " + clients.seen());
            clients.assertNobodyWasMisled();
            clients.assertEveryPromiseIsKept();
            if (victim.equals("kafka")) {
                assertThat(clients.seen().get("call"))
                        .as("a token that is known is judged from memory")
                        .containsOnlyKeys(200);
            } else if (victim.equals("postgres")) {
                assertThat(clients.seen().get("call").keySet())
                        .as("nobody is let in, or out, while nobody can know what was revoked")
                        .isSubsetOf(200, 503);
            }
        }
        assertPromisesAreKept();
    }

    private static void awaitAllWell(BusyClients clients) {
        var now = System.nanoTime();
        await("everybody has success").atMost(SOON).until(() -> clients.allWellSince(now));
    }

    private static void assertPromisesAreKept() throws Exception {
        assertThat(api.get("/api/", longLived).status()).isEqualTo(200);
        assertThat(api.get("/api/", tokens.access()).status()).isEqualTo(200);
        assertThat(api.refresh(tokens.refresh()).status()).isEqualTo(200);
        assertThat(api.get("/api/", revoked.access()).status()).isEqualTo(401);
        assertThat(api.refresh(revoked.refresh()).body()).contains("invalid_grant");
        try (var socket = SocketClient.connect(api.url(), longLived)) {
            assertThat(socket.command(Map.of("type", "auth/current_user"))
                            .getJsonObject("result")
                            .getString("name"))
                    .isEqualTo("Ada");
        }
    }
}
