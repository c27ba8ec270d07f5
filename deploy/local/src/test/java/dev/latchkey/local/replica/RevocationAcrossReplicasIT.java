package dev.latchkey.local.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.latchkey.local.client.Api;
import dev.latchkey.local.client.Api.Tokens;
import dev.latchkey.local.client.SocketClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two of each service: what one revokes is over at all of them. */
@Timeout(180)
class RevocationAcrossReplicasIT {
    /** Decision R5. */
    private static final Duration BOUND = Duration.ofMillis(2_500);

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path home;

    private static TwoReplicas platform;

    @BeforeAll
    static void start() throws Exception {
        platform = TwoReplicas.start(home);
    }

    @AfterAll
    static void end() throws Exception {
        if (platform != null) {
            platform.close();
        }
    }

    private static Tokens acceptedEverywhere() throws IOException {
        var tokens = platform.api().signIn();
        for (var verifier : Verifier.all(platform.run())) {
            assertThat(verifier.accepts(tokens.access())).as(verifier.name()).isTrue();
        }
        return tokens;
    }

    private static void revokeAt(String replica, Tokens tokens) throws IOException {
        assertThat(new Api(platform.run().url(replica)).revoke(tokens.refresh()).status())
                .isEqualTo(200);
    }

    /**
     * Asks until the answer is no. What counts is when a question was asked, not when this slow machine got round to it.
     *
     * @param answered when the revocation was answered, of {@link System#nanoTime()}
     */
    private static void awaitRefusal(String what, long answered, Callable<Boolean> question) {
        await(what).atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> {
            var asked = System.nanoTime();
            if (!question.call()) {
                return true;
            }
            assertThat(Duration.ofNanos(asked - answered))
                    .as("let in after the revocation: " + what)
                    .isLessThan(BOUND);
            return false;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "auth-service-2"})
    void aTokenRevokedAtOneReplicaIsRefusedByEachReplicaOfEachService(String replica) throws Exception {
        var tokens = acceptedEverywhere();

        revokeAt(replica, tokens);
        var answered = System.nanoTime();

        for (var verifier : Verifier.all(platform.run())) {
            awaitRefusal(verifier.name(), answered, () -> verifier.accepts(tokens.access()));
        }
        for (var verifier : Verifier.all(platform.run())) {
            assertThat(verifier.accepts(platform.owner().access()))
                    .as("another grant at " + verifier.name())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "auth-service-2"})
    void theSocketsOfAGrantCloseWhicheverReplicaHoldsThem(String replica) throws Exception {
        var tokens = acceptedEverywhere();
        var sockets = new ArrayList<SocketClient>();
        var others = new ArrayList<SocketClient>();
        for (var holder : Verifier.of(platform.run(), "auth-service")) {
            sockets.add(SocketClient.connect(holder.url(), tokens.access()));
            others.add(SocketClient.connect(holder.url(), platform.owner().access()));
        }

        revokeAt(replica, tokens);
        var answered = System.nanoTime();

        for (var socket : sockets) {
            assertThatThrownBy(socket::event).hasMessage("The socket is closed");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - answered)).isLessThan(BOUND);
        for (var other : others) {
            assertThat(other.command(Map.of("type", "ping")).getString("type")).isEqualTo("pong");
            other.close();
        }
    }

    @Test
    void aLinkOfOneReplicaWorksAtTheOtherUntilItsGrantEnds() throws Exception {
        var tokens = acceptedEverywhere();
        var replicas = Verifier.of(platform.run(), "signing-service");
        var links = new ArrayList<String>();
        for (var signer : replicas) {
            links.add(signer.sign(tokens.access()));
        }
        for (var verifier : replicas) {
            for (var link : links) {
                assertThat(verifier.lets(link)).as(verifier.name() + " " + link).isTrue();
            }
        }

        revokeAt("auth-service-2", tokens);
        var answered = System.nanoTime();

        for (var verifier : replicas) {
            for (var link : links) {
                awaitRefusal(verifier.name() + " " + link, answered, () -> verifier.lets(link));
            }
        }
    }

    @Test
    void aSignInBegunAtOneReplicaIsFinishedAtTheOther() throws Exception {
        var one = new Api(platform.run().url("auth-service"));
        var two = new Api(platform.run().url("auth-service-2"));

        var flow = one.beginSignIn().json().getString("flow_id");
        var clientId = one.clientId();
        var finished = two.postJson(
                "/auth/login_flow/" + flow,
                Map.of("client_id", clientId, "username", Api.USERNAME, "password", Api.PASSWORD));
        var tokens = Api.tokens(one.redeem(finished.json().getString("result")));

        assertThat(two.refresh(tokens.refresh()).status()).as("by another app").isEqualTo(400);
        assertThat(new Api(two.url()).get("/api/", tokens.access()).status()).isEqualTo(200);
    }
}
