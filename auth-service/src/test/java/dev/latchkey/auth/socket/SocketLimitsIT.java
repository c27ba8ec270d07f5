package dev.latchkey.auth.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one client may cost: rows WS-08, W01 and W03. */
@AuthServiceTest
@TestProfile(SmallLimits.class)
class SocketLimitsIT {

    private static final String PING = "{\"id\":1,\"type\":\"ping\"}";

    @Inject
    People people;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void everyoneBeforeHasLeft() {
        await().atMost(Duration.ofSeconds(20)).until(() -> openSockets() == 0);
    }

    @Test
    void silenceClosesWithCode1000() {
        long start = System.nanoTime();
        try (SocketClient client = SocketClient.open()) {
            client.next();

            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(2900), Duration.ofSeconds(10));
            assertThat(client.hasMore()).isFalse();
        }
    }

    @Test
    void silenceAfterAuthenticationIsNoReasonToClose() {
        Tokens tokens = people.signIn(people.someone());
        try (SocketClient client = SocketClient.signedIn(tokens);
                SocketClient silent = SocketClient.open()) {
            silent.closeCode();

            assertThat(client.command("ping").get("type").textValue()).isEqualTo("pong");
        }
    }

    @Test
    void pingsKeepAConnectionThatSaysNothingBeyondTheIdleTimeout() {
        try (SocketClient client = SocketClient.signedIn(people.signIn(people.someone()))) {
            await().until(() -> client.pings() >= 12);

            assertThat(client.command("ping").get("type").textValue()).isEqualTo("pong");
        }
    }

    @Test
    void theServerPings() {
        try (SocketClient client = SocketClient.signedIn(people.signIn(people.someone()))) {
            await().until(() -> client.pings() >= 2);
        }
    }

    @Test
    void aMessageOfUpTo64KibibytesIsRead() {
        try (SocketClient client = SocketClient.signedIn(people.signIn(people.someone()))) {
            assertThat(client.errorCode("ping", "x", "x".repeat(65_000))).isEqualTo("invalid_format");
        }
    }

    @Test
    void aMessageOfMoreThan64KibibytesCloses() {
        try (SocketClient client = SocketClient.signedIn(people.signIn(people.someone()))) {
            client.trySend(SocketClient.json("id", 1, "type", "ping", "x", "x".repeat(66_000)));

            client.closeCode();
            assertThat(client.hasMore()).isFalse();
        }
    }

    @Test
    void aMessageThatNeverEndsCloses() {
        try (SocketClient client = SocketClient.signedIn(people.signIn(people.someone()))) {
            String part = "x".repeat(50_000);
            try {
                for (int i = 0; i < 100 && !client.isClosed(); i++) {
                    client.sendPart(part, false);
                }
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(IOException.class);
            }

            client.closeCode();
        }
    }

    @Test
    void oneFrameOfMoreThan64KibibytesCloses() throws IOException {
        try (RawSocket raw = RawSocket.connect()) {
            raw.write(RawSocket.handshake());
            raw.readUntil("auth_required");

            raw.writeUntilCutOff(RawSocket.text("x".repeat(2_000_000)));
        }
    }

    @Test
    void manyMessagesThatWaitForAnAnswerClose() {
        try (SocketClient client = SocketClient.signedIn(people.signIn(people.someone()))) {
            for (int id = 1; id <= 4 * SmallLimits.MOST_QUEUED && !client.isClosed(); id++) {
                client.trySend(SocketClient.json(
                        "id",
                        id,
                        "type",
                        "config/auth_provider/homeassistant/change_password",
                        "current_password",
                        "wrong",
                        "new_password",
                        "irrelevant"));
            }

            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void anArrayOfMoreMessagesThanMayWaitCloses() {
        try (SocketClient client = SocketClient.signedIn(people.signIn(people.someone()))) {
            client.send(array(SmallLimits.MOST_QUEUED));
            for (int i = 0; i < SmallLimits.MOST_QUEUED; i++) {
                client.next();
            }
            client.send(array(SmallLimits.MOST_QUEUED + 1));

            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(client.hasMore()).isFalse();
        }
    }

    @Test
    void aClientThatSendsButNeverReadsIsCutOffAndItsPlaceIsFree() throws IOException {
        try (RawSocket raw = RawSocket.connect()) {
            raw.write(RawSocket.handshake());
            raw.readUntil("auth_required");
            raw.write(RawSocket.text(SocketClient.json(
                    "type",
                    "auth",
                    "access_token",
                    people.signIn(people.someone()).accessToken())));
            raw.readUntil("auth_ok");

            raw.writeUntilCutOff(RawSocket.text(array(SmallLimits.MOST_QUEUED)));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> openSockets() == 0);
    }

    private double openSockets() {
        return metrics.get("latchkey.auth.sockets.open").gauge().value();
    }

    private static String array(int messages) {
        return IntStream.range(0, messages).mapToObj(i -> PING).collect(Collectors.joining(",", "[", "]"));
    }
}
