package dev.latchkey.local.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.local.client.Api;
import dev.latchkey.local.client.Api.Answer;
import dev.latchkey.local.client.SocketClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two of each service, of which one is killed: the other goes on. */
@Timeout(240)
class KilledReplicaIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int CLIENTS_OF_EACH_SERVICE = 2;
    private static final int MANY = 70;

    /** What the gateway says when it cannot reach any replica. */
    private static final String NOBODY = "The service is away for a moment.";

    /** What each of the services answers or decides about. */
    private static final List<String> PATHS = List.of("/api/", "/api/config/config_entries/entry", "/files/hello.txt");

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

    /** Clients that ask one service after the other through the gateway until they are told to stop. */
    private static final class Clients implements AutoCloseable {
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger undecided = new AtomicInteger();
        private final Map<String, AtomicInteger> successes =
                PATHS.stream().collect(Collectors.toMap(path -> path, path -> new AtomicInteger()));
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean oneIsAway;
        private volatile boolean stopped;

        static Clients start() {
            var clients = new Clients();
            for (var i = 0; i < CLIENTS_OF_EACH_SERVICE; i++) {
                PATHS.forEach(clients::repeat);
            }
            return clients;
        }

        private void repeat(String path) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (!stopped) {
                    var wasAway = oneIsAway;
                    try {
                        var answer = platform.api().get(path, platform.owner().access());
                        if (answer.status() == 200) {
                            successes.get(path).incrementAndGet();
                        } else if ((wasAway || oneIsAway) && cannotTell(answer)) {
                            undecided.incrementAndGet();
                        } else {
                            failures.add(path + " " + answer.status() + " " + answer.body());
                        }
                    } catch (IOException e) {
                        failures.add(path + " " + e);
                    }
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }));
        }

        /** Waits until each of the services has given so many more answers. */
        void awaitMore(int answers) {
            for (var path : PATHS) {
                var before = successes.get(path).get();
                await(path).atMost(SOON).until(() -> successes.get(path).get() - before >= answers);
            }
        }

        /**
         * A service that runs says that it does not know: on a slow machine the start of a JVM can keep it from hearing of
         * revocations in time. That the gateway finds nobody is something else.
         */
        private static boolean cannotTell(Answer answer) {
            return answer.status() == 503 && !answer.body().contains(NOBODY);
        }

        @Override
        public void close() {
            stopped = true;
            try {
                for (var thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean acceptsAgain(String name) {
        try {
            return Verifier.all(platform.run()).stream()
                    .filter(verifier -> verifier.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .accepts(platform.owner().access());
        } catch (IOException | AssertionError e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "auth-service-2", "flow-service", "signing-service-2"})
    void onlyWhatWasUnderWayFailsWhenOneIsKilled(String victim) throws Exception {
        var clients = Clients.start();
        try (clients) {
            clients.awaitMore(MANY);

            clients.oneIsAway = true;
            var killed = platform.run().kill(victim);

            clients.awaitMore(MANY);
            await(victim + " is back")
                    .atMost(SOON)
                    .until(() -> platform.run()
                                    .process(victim)
                                    .filter(next -> !next.equals(killed))
                                    .isPresent()
                            && acceptsAgain(victim));
            clients.oneIsAway = false;
            clients.awaitMore(MANY);
        }
        System.out.println(victim + " was killed; undecided meanwhile: " + clients.undecided);
        assertThat(clients.failures).hasSizeLessThanOrEqualTo(CLIENTS_OF_EACH_SERVICE);
        assertThat(clients.failures)
                .as("nobody is told that a token is worth nothing")
                .noneMatch(failure -> failure.contains(" 401 ") || failure.contains(" 403 "));
    }

    @Test
    void aSocketCommandThatNeedsAnotherServiceIsServedByTheOneThatIsLeft() throws Exception {
        try (var socket = SocketClient.connect(
                platform.run().url("auth-service"), platform.owner().access())) {
            platform.run().kill("signing-service-2");
            platform.run().kill("flow-service-2");

            for (var i = 0; i < 10; i++) {
                assertThat(socket.command(Map.of("type", "auth/sign_path", "path", "/files/hello.txt"))
                                .getBoolean("success"))
                        .isTrue();
                assertThat(socket.command(Map.of("type", "config_entries/get")).getBoolean("success"))
                        .isTrue();
            }
        }
        await().atMost(SOON).until(() -> acceptsAgain("signing-service-2") && acceptsAgain("flow-service-2"));
    }

    @Test
    void withoutKafkaAndOneAuthServiceVerifiersAskTheOther() throws Exception {
        var revoked = platform.api().signIn();
        var verifiers = new ArrayList<>(Verifier.of(platform.run(), "signing-service"));
        verifiers.addAll(Verifier.of(platform.run(), "flow-service"));
        for (var verifier : verifiers) {
            assertThat(verifier.acceptsOnceItCanTell(revoked.access())).isTrue();
        }
        var kafka = platform.run().process("kafka").orElseThrow().pid();
        signal("-STOP", kafka);
        try {
            for (var verifier : verifiers) {
                await().atMost(SOON)
                        .until(() -> verifier.metric("latchkey_revocations_stale{cause=\"no_heartbeat\"}") == 1);
            }
            platform.run().kill("auth-service-2");
            assertThat(new Api(platform.run().url("auth-service"))
                            .revoke(revoked.refresh())
                            .status())
                    .isEqualTo(200);

            for (var i = 0; i < 20; i++) {
                for (var verifier : verifiers) {
                    assertThat(verifier.acceptsOnceItCanTell(platform.owner().access()))
                            .as(verifier.name())
                            .isTrue();
                    assertThat(verifier.acceptsOnceItCanTell(revoked.access()))
                            .as(verifier.name())
                            .isFalse();
                }
            }
            for (var verifier : verifiers) {
                assertThat(verifier.metric("latchkey_revocations_introspections_total{outcome=\"active\"}"))
                        .isGreaterThanOrEqualTo(20);
            }
        } finally {
            signal("-CONT", kafka);
        }
        await().atMost(SOON).until(() -> acceptsAgain("auth-service-2"));
    }

    private static void signal(String signal, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
