package dev.latchkey.flow.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.configflow.Integrations;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.EntryWork;
import dev.latchkey.flow.entry.Held;
import dev.latchkey.flow.entry.LifeStep;
import dev.latchkey.flow.entry.Replicas;
import dev.latchkey.flow.entry.SelfReplica;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several replicas share the work; what one leaves undone others do. The service under test is one, this test makes another. */
@FlowServiceTest
class HandOverIT {

    @Inject
    World world;

    @Inject
    FakeIntegrations fakes;

    @Inject
    Integrations integrations;

    @Inject
    Replicas replicas;

    @Inject
    EntryWork work;

    @Inject
    CredentialRequests credentials;

    @Inject
    SetUpMetrics metrics;

    @Inject
    Clock clock;

    @Inject
    @VirtualThreads
    ExecutorService virtualThreads;

    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void clear() {
        end.countDown();
        world.clear();
    }

    @Test
    void noEntryIsSetUpByTwoReplicas() {
        Map<String, AtomicInteger> setUps = new ConcurrentHashMap<>();
        FakeIntegration fake = fakes.make();
        fake.setUp = entry -> {
            setUps.computeIfAbsent(entry.entryId(), id -> new AtomicInteger()).incrementAndGet();
            return new Loaded();
        };
        Other other = new Other();
        other.start();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            ids.add(world.create(fake, "Device " + i));
        }

        await().atMost(Duration.ofSeconds(60))
                .until(() -> world.column("select 1 from config_entry where state = 'loaded' and hold is null")
                                .size()
                        == 300);

        assertThat(setUps.values()).hasSize(300).allMatch(count -> count.get() == 1);
        other.stop();
    }

    @Test
    void whatAReplicaThatDiesWasDoingIsDoneByAnother() {
        FakeIntegration fake = fakes.make();
        Other other = new Other();
        other.live();
        String id = world.create(fake, "Device");
        world.becomes(id, EntryState.LOADED);
        Held held = work.hold(other.self.id(), id).orElseThrow();
        assertThat(work.hold("anybody", id)).as("held by a replica that lives").isEmpty();

        // From here on, the other replica says nothing.
        long died = System.nanoTime();
        await().atMost(Duration.ofSeconds(30)).until(() -> fake.setUps.get() == 2);
        world.becomes(id, EntryState.LOADED);
        assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(Duration.ofSeconds(30));

        assertThat(work.apply(List.of(LifeStep.end(held, life -> life.in(EntryState.SETUP_ERROR, "from the grave")))))
                .as("what a dead replica would still write")
                .hasSize(1)
                .allMatch(result -> result.isEmpty());
        assertThat(world.entry(id).state()).isEqualTo(EntryState.LOADED);
    }

    @Test
    void whatAReplicaThatStopsHadSetUpIsSetUpByAnotherAtOnce() {
        FakeIntegration fake = fakes.make();
        String id = world.create(fake, "Device");
        world.becomes(id, EntryState.LOADED);
        Other other = new Other();
        other.live();
        Held held = work.hold(other.self.id(), id).orElseThrow();
        assertThat(held.entry().state()).isEqualTo(EntryState.LOADED);

        other.self.leave();

        await().until(() -> fake.setUps.get() == 2);
        world.becomes(id, EntryState.LOADED);
    }

    @Test
    void aReplicaThatWasTakenForDeadGoesOnAsANewOne() {
        Other other = new Other();
        other.live();
        String before = other.self.id();
        world.execute("delete from replica where id = '" + before + "'");

        other.live();

        assertThat(other.self.id()).isNotEqualTo(before);
        assertThat(world.column("select id from replica where id = ?", other.self.id()))
                .hasSize(1);
        other.self.leave();
    }

    @Test
    void aReloadThatADeadReplicaHadBegunIsNotForgotten() {
        FakeIntegration fake = fakes.make();
        String id = world.create(fake, "Device");
        world.becomes(id, EntryState.LOADED);
        Other other = new Other();
        other.live();
        Held held = work.hold(other.self.id(), id).orElseThrow();
        world.execute("update config_entry set reload_wanted = 1, reload_flow_id = 'the-flow' where id = '" + id + "'");
        assertThat(held.reload()).isNull();

        other.self.leave();

        await().untilAsserted(() -> assertThat(world.events(id)).contains("reloaded"));
    }

    /** Another replica in this process. It does not say by itself that it lives. */
    private final class Other {

        private final Settings settings = new Settings();
        private final SelfReplica self = new SelfReplica(replicas);
        private final StepWriter writer = new StepWriter(work);
        private final EntryRun run = new EntryRun(
                integrations, new Trial(virtualThreads, settings), writer, credentials, metrics, settings, clock);
        private final Worker worker =
                new Worker(work, run, writer, self, integrations, clock, settings, virtualThreads);

        void start() {
            self.live(settings.replicaLifetime());
            virtualThreads.execute(writer::run);
            virtualThreads.execute(() -> {
                while (end.getCount() > 0) {
                    try {
                        self.live(settings.replicaLifetime());
                        worker.takeWhatIsDue();
                        worker.sleep(Duration.ofMillis(20));
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            });
        }

        void live() {
            self.live(settings.replicaLifetime());
        }

        void stop() {
            end.countDown();
            writer.stop();
            self.leave();
        }
    }

    /** A replica that is soon missed. */
    private static final class Settings implements SetUpConfig {

        @Override
        public int maxConcurrent() {
            return 16;
        }

        @Override
        public int maxPerHost() {
            return 8;
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration replicaLifetime() {
            return Duration.ofSeconds(4);
        }

        @Override
        public Duration refusedRetest() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration longestRetryAfter() {
            return Duration.ofHours(1);
        }
    }
}
