package dev.latchkey.platform.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    private static boolean result(java.util.concurrent.CompletionStage<Boolean> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"active\": true, \"sub\": \"u\"} | true",
                "200 | {\"active\": false}                | false",
                "200 | {\"active\": \"true\"}             | false",
                "200 | {}                                 | false",
                "200 | no JSON                            | false",
                "500 | {\"active\": true}                 | false",
                "302 | {\"active\": true}                 | false",
            })
    void onlyAClearYesIsAYes(int status, String answer, boolean active) throws Exception {
        authService.status = status;
        authService.answer = answer;
        assertThat(result(introspection.isActive("a.b.c"))).isEqualTo(active);
    }

    @Test
    void theTokenIsAskedAboutAsItIs() throws Exception {
        result(introspection.isActive("a+b&token=c"));
        assertThat(authService.questions).containsExactly("token=a%2Bb%26token%3Dc");
    }

    @Test
    void aCredentialThatIsNotAcceptedIsANo() throws Exception {
        Introspection stranger = new Introspection(authService.url(), "somebody else's", metrics);
        assertThat(result(stranger.isActive("a.b.c"))).isFalse();
    }

    @Test
    void nobodyThereIsANo() throws Exception {
        Introspection alone = new Introspection(URI.create("http://127.0.0.1:1"), "x", metrics);
        assertThat(result(alone.isActive("a.b.c"))).isFalse();
        assertThat(metrics.counter("latchkey.revocations.introspections", "outcome", "failed")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void noAnswerInTimeIsANo() throws Exception {
        authService.held = new CountDownLatch(1);
        long start = System.nanoTime();
        assertThat(result(introspection.isActive("a.b.c"))).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void thoseWhoAskForTheSameTokenAtOnceShareTheQuestion() throws Exception {
        authService.held = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(introspection.isActive("same").toCompletableFuture());
        }
        await().until(() -> authService.questions.size() == 1);
        authService.held.countDown();
        for (CompletableFuture<Boolean> answer : answers) {
            assertThat(result(answer)).isTrue();
        }
        assertThat(authService.questions).hasSize(1);
        result(introspection.isActive("same"));
        assertThat(authService.questions).as("nothing is remembered").hasSize(2);
    }

    @Test
    void aFloodWaitsInABoundedQueueAndTheRestIsRefusedAtOnce() throws Exception {
        authService.held = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            answers.add(introspection.isActive("token" + i).toCompletableFuture());
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> answers.stream().filter(CompletableFuture::isDone).count() >= 2000 - 64 - 1024);
        authService.held.countDown();
        for (CompletableFuture<Boolean> answer : answers) {
            result(answer);
        }
        assertThat(authService.questions.size()).isLessThanOrEqualTo(64 + 1024);
    }

    @Test
    void anAuthServiceThatFailsIsLeftAloneForAMoment() throws Exception {
        authService.status = 500;
        for (int i = 0; i < 60; i++) {
            assertThat(result(introspection.isActive("token" + i))).isFalse();
        }
        assertThat(authService.questions.size()).isLessThan(60);

        authService.status = 200;
        await().atMost(Duration.ofSeconds(20)).until(() -> result(introspection.isActive("again")));
    }
}
