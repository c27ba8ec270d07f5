package dev.latchkey.local.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.local.LocalRun;
import dev.latchkey.local.client.Api;
import dev.latchkey.local.client.Api.Answer;
import dev.latchkey.local.client.SocketClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two flow-services on one database: together they are one. */
@Timeout(300)
class EntriesAcrossReplicasIT {
    private static final String BASE = "/api/config/config_entries";
    private static final String FIRST = "flow-service";
    private static final String SECOND = "flow-service-2";
    private static final Duration SOON = Duration.ofSeconds(60);

    /** A lease that runs out, what was being asked at that moment, and a JVM that starts next to it. */
    private static final Duration HAND_OVER = Duration.ofSeconds(45);

    private static final int ENTRIES = 6;
    private static final int ROUNDS = 10;

    @TempDir
    private static Path home;

    private static LocalRun run;
    private static String token;
    private static Connections first;
    private static Connections second;
    private static HeldDevice device;

    @BeforeAll
    static void start() throws Exception {
        run = LocalRun.platform(home, Map.of("LATCHKEY_REPLICAS", "2"));
        token = new Api(run.url()).makeOwner().access();
        first = new Connections(new Api(run.url(FIRST)), token);
        second = new Connections(new Api(run.url(SECOND)), token);
        device = new HeldDevice();
        Device.describe(home);
        for (var replica : List.of(first, second)) {
            await("the kind is known")
                    .atMost(SOON)
                    .until(() -> replica.handlers().contains("fake_device"));
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        device.release();
        device.refuse(false);
        for (var entry : first.entries()) {
            new Api(run.url(FIRST)).delete(BASE + "/entry/" + entry.getString("entry_id"), token);
        }
        assertThat(second.entries()).isEmpty();
        assertThat(second.flows()).isEmpty();
    }

    @AfterAll
    static void end() throws Exception {
        if (device != null) {
            device.close();
        }
        if (run != null) {
            run.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, SECOND})
    void whatAKilledReplicaWorkedOnIsGoneOnWithByTheOther(String victim) throws Exception {
        for (var i = 0; i < ENTRIES; i++) {
            connect(i % 2 == 0 ? first : second, "account" + i);
        }
        device.hold();
        await("every entry is being probed, by one or the other").atMost(SOON).until(() -> device.waiting() >= ENTRIES);

        var killed = run.kill(victim);
        var began = System.nanoTime();
        device.refuse(true);
        device.release();

        var left = victim.equals(FIRST) ? second : first;
        await("every entry is probed again").atMost(HAND_OVER).untilAsserted(() -> {
            assertThat(left.entries())
                    .hasSize(ENTRIES)
                    .allSatisfy(entry -> assertThat(entry.getString("state")).isEqualTo("setup_error"));
            assertThat(left.flows())
                    .hasSize(ENTRIES)
                    .allSatisfy(flow -> assertThat(flow.getJsonObject("context").getString("source"))
                            .isEqualTo("reauth"));
        });
        System.out.printf(
                "%s was killed; %d entries were probed again within %d ms%n",
                victim, ENTRIES, Duration.ofNanos(System.nanoTime() - began).toMillis());
        await("it is back")
                .ignoreExceptionsInstanceOf(IOException.class)
                .atMost(SOON)
                .until(() ->
                        run.process(victim).filter(next -> !next.equals(killed)).isPresent() && isReady(victim));
        assertThat((victim.equals(FIRST) ? first : second).entries()).hasSize(ENTRIES);
    }

    @Test
    void aFormThatTwoPeopleFinishAtOnceOnTwoReplicasMakesOneEntry() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var flow = (round % 2 == 0 ? first : second)
                    .start(Map.of("handler", "fake_device"))
                    .getString("flow_id");
            var input = input("account" + round);

            var answers = atOnce(() -> first.submitOnce(flow, input), () -> second.submitOnce(flow, input));

            assertThat(answers).filteredOn(EntriesAcrossReplicasIT::isCreated).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> !isCreated(answer))
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.body()).isIn(404, 409));
            assertThat(first.entries()).hasSize(round + 1);
        }
    }

    @Test
    void anAccountThatTwoPeopleAddAtOnceOnTwoReplicasIsOneEntry() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var request = Map.<String, Object>of("handler", "fake_device");
            var one = first.start(request).getString("flow_id");
            var other = second.start(request).getString("flow_id");
            var input = input("account" + round);

            var answers = atOnce(() -> first.submitOnce(one, input), () -> second.submitOnce(other, input));

            assertThat(answers).filteredOn(EntriesAcrossReplicasIT::isCreated).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> !isCreated(answer))
                    .singleElement()
                    .satisfies(answer -> {
                        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                        assertThat(answer.json().getString("reason")).isIn("already_configured", "already_in_progress");
                    });
            assertThat(second.entries()).hasSize(round + 1);
        }
    }

    @Test
    void whoeverFollowsEntriesAtAnyReplicaIsToldWhatChangesAtAnyOther() throws Exception {
        var entry = connect(second, "account");
        for (var listening : List.of("auth-service", "auth-service-2")) {
            try (var socket = SocketClient.connect(run.url(listening), token)) {
                assertThat(socket.command(Map.of("type", "config_entries/subscribe"))
                                .getBoolean("success"))
                        .isTrue();
                for (var changing : List.of(FIRST, SECOND)) {
                    var title = "Changed at " + changing + ", heard at " + listening;

                    var answer = new Api(run.url(changing))
                            .postJson(BASE + "/entry/" + entry + "/update", token, Map.of("title", title));

                    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                    awaitTold(socket, entry, title);
                }
            }
        }
    }

    private static boolean isReady(String replica) throws IOException {
        return new Api(run.url(replica + ".management")).get("/q/health/ready").status() == 200;
    }

    private static String connect(Connections at, String account) {
        var flow = at.start(Map.of("handler", "fake_device")).getString("flow_id");
        var created = at.submit(flow, input(account));
        assertThat(created.getString("type")).as(created.encode()).isEqualTo("create_entry");
        return created.getJsonObject("result").getString("entry_id");
    }

    private static Map<String, Object> input(String account) {
        return Map.of("host", device.url(), "api_token", "token-of-" + account);
    }

    private static boolean isCreated(Answer answer) {
        return answer.status() == 200 && "create_entry".equals(answer.json().getString("type"));
    }

    private static List<Answer> atOnce(Callable<Answer> one, Callable<Answer> other) throws Exception {
        var together = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = Stream.of(one, other)
                    .map(call -> threads.submit(() -> {
                        together.await();
                        return call.call();
                    }))
                    .toList();
            return List.of(running.getFirst().get(), running.getLast().get());
        }
    }

    /** Reads events until one tells of the title; the socket gives up when it is silent for too long. */
    private static void awaitTold(SocketClient socket, String entry, String title) throws IOException {
        while (true) {
            var changes = socket.event().getJsonArray("event");
            var told = IntStream.range(0, changes.size())
                    .mapToObj(changes::getJsonObject)
                    .filter(change -> "updated".equals(change.getString("type")))
                    .map(change -> change.getJsonObject("entry"))
                    .filter(changed -> entry.equals(changed.getString("entry_id")))
                    .anyMatch(changed -> title.equals(changed.getString("title")));
            if (told) {
                return;
            }
        }
    }
}
