package dev.latchkey.platform.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.platform.bearer.GrantStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class IntrospectionTest {

    private final AuthServiceStandIn authService = new AuthServiceStandIn();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Introspection introspection =
            new Introspection(authService.url(), AuthServiceStandIn.CREDENTIAL, metrics);

    @AfterEach
    void stop() {
        authService.close();
    }

    private static GrantStatus result(java.util.concurrent.CompletionStage<GrantStatus> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"active\": true, \"sub\": \"u\"} | LIVE",
                "200 | {\"active\": false}                | REVOKED",
                "200 | {\"active\": \"true\"}             | STALE",
                "200 | {}                                 | STALE",
                "200 | no JSON                            | STALE",
                "500 | {\"active\": true}                 | STALE",
                "302 | {\"active\": true}                 | STALE",
            })
    void onlyAClearYesIsAYes(int status, String answer, GrantStatus standing) throws Exception {
        authService.status = status;
        authService.answer = answer;
        assertThat(result(introspection.standingOfToken("a.b.c"))).isEqualTo(standing);
    }

    @Test
    void aYesThatIsHeardLateLeavesItOpenBecauseThisProcessMayHaveBeenPaused() throws Exception {
        AtomicLong time = new AtomicLong();
        Introspection paused = new Introspection(
                authService.url(),
                AuthServiceStandIn.CREDENTIAL,
                metrics,
                () -> time.getAndAdd(Duration.ofSeconds(10).toNanos()));
        authService.status = 200;
        authService.answer = "{\"active\": true}";
        assertThat(result(paused.standingOfToken("a.b.c"))).isEqualTo(GrantStatus.STALE);

        authService.answer = "{\"active\": false}";
        assertThat(result(paused.standingOfToken("a.b.c"))).isEqualTo(GrantStatus.REVOKED);
    }

    @Test
    void theTokenIsAskedAboutAsItIs() throws Exception {
        result(introspection.standingOfToken("a+b&token=c"));
        assertThat(authService.questions).containsExactly("token=a%2Bb%26token%3Dc");
    }

    @Test
    void aCredentialThatIsNotAcceptedLeavesItOpen() throws Exception {
        Introspection stranger = new Introspection(authService.url(), "somebody else's", metrics);
        assertThat(result(stranger.standingOfToken("a.b.c"))).isEqualTo(GrantStatus.STALE);
    }

    @Test
    void nobodyThereLeavesItOpen() throws Exception {
        Introspection alone = new Introspection(URI.create("http://127.0.0.1:1"), "x", metrics);
        assertThat(result(alone.standingOfToken("a.b.c"))).isEqualTo(GrantStatus.STALE);
        assertThat(metrics.counter("latchkey.revocations.introspections", "outcome", "failed")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void noAnswerInTimeLeavesItOpen() throws Exception {
        authService.held = new CountDownLatch(1);
        long start = System.nanoTime();
        assertThat(result(introspection.standingOfToken("a.b.c"))).isEqualTo(GrantStatus.STALE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void thoseWhoAskForTheSameTokenAtOnceShareTheQuestion() throws Exception {
        authService.held = new CountDownLatch(1);
        List<CompletableFuture<GrantStatus>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(introspection.standingOfToken("same").toCompletableFuture());
        }
        await().until(() -> authService.questions.size() == 1);
        authService.held.countDown();
        for (CompletableFuture<GrantStatus> answer : answers) {
            assertThat(result(answer)).isEqualTo(GrantStatus.LIVE);
        }
        assertThat(authService.questions).hasSize(1);
        result(introspection.standingOfToken("same"));
        assertThat(authService.questions).as("nothing is remembered").hasSize(2);
    }

    @Test
    void aFloodWaitsInABoundedQueueAndTheRestIsRefusedAtOnce() throws Exception {
        authService.held = new CountDownLatch(1);
        List<CompletableFuture<GrantStatus>> answers = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            answers.add(introspection.standingOfToken("token" + i).toCompletableFuture());
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> answers.stream().filter(CompletableFuture::isDone).count() >= 2000 - 64 - 1024);
        authService.held.countDown();
        for (CompletableFuture<GrantStatus> answer : answers) {
            result(answer);
        }
        assertThat(authService.questions.size()).isLessThanOrEqualTo(64 + 1024);
    }

    @Test
    void anAuthServiceThatFailsIsLeftAloneForAMoment() throws Exception {
        authService.status = 500;
        for (int i = 0; i < 60; i++) {
            assertThat(result(introspection.standingOfToken("token" + i))).isEqualTo(GrantStatus.STALE);
        }
        assertThat(authService.questions.size()).isLessThan(60);

        authService.status = 200;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> result(introspection.standingOfToken("again")) == GrantStatus.LIVE);
    }
}
