package dev.latchkey.flow.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.configflow.SetUpOutcome.ConfigurationError;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.entry.EntryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Reloading entries ({@code spec/flows.md} 1.1 R3 and 5.5). */
@FlowServiceTest
class EntryReloadIT extends EntryControlTesting {

    @Test
    void anEntryIsReloadedByTakingItDownAndSettingItUp() {
        String id = world.createIn(EntryState.LOADED, fake);

        reload(id).statusCode(200).body("require_restart", equalTo(false));

        assertThat(fake.unloads).hasValue(1);
        assertThat(fake.setUps).hasValue(2);
        assertThat(world.statesTold(id))
                .containsExactly("setup_in_progress", "loaded", "unload_in_progress", "setup_in_progress", "loaded");
        assertThat(world.events(id)).endsWith("reloaded");
        assertThat(world.column("select user_id from entry_history where entry_id = ? and action = 'reloaded'", id))
                .containsExactly("id-of-system-admin");
    }

    @Test
    void anEntryThatCannotBeTakenDownIsNotReloadedAgain() {
        String id = world.createIn(EntryState.LOADED, fake);
        fake.supportsUnload = false;

        reload(id).statusCode(200).body("require_restart", equalTo(true));
        assertThat(world.entry(id).state()).isEqualTo(EntryState.FAILED_UNLOAD);
        assertThat(world.entry(id).reason()).isEqualTo("Unload not supported");
        reload(id).statusCode(403).body("message", equalTo("Entry cannot be reloaded"));
        remove(id).statusCode(200).body("require_restart", equalTo(true));
    }

    @Test
    void whatGoesWrongWhileAnEntryIsTakenDownIsSaid() {
        String id = world.createIn(EntryState.LOADED, fake);
        fake.unload = entry -> {
            throw new IllegalStateException("stuck with s3cr3t-t0k3n");
        };

        reload(id).statusCode(200).body("require_restart", equalTo(true));

        assertThat(world.entry(id).reason()).isEqualTo("stuck with ********");
    }

    @Test
    void anEntryThatWaitsForItsNextTryIsReloadedAtOnce() {
        clock.stop();
        fake.answers(new NotReady("offline"));
        String id = world.createIn(EntryState.SETUP_RETRY, fake);
        fake.answers(new Loaded());

        reload(id).statusCode(200).body("require_restart", equalTo(false));

        assertThat(world.entry(id).state()).isEqualTo(EntryState.LOADED);
        assertThat(fake.unloads).hasValue(0);
        clock.advance(Duration.ofMinutes(30));
        await().during(Duration.ofMillis(600)).until(() -> fake.setUps.get() == 2);
    }

    @Test
    void anEntryInErrorIsSetUpByAReload() {
        fake.answers(new ConfigurationError("wrong"));
        String id = world.createIn(EntryState.SETUP_ERROR, fake);
        fake.answers(new Loaded());

        reload(id).statusCode(200);

        assertThat(world.entry(id).state()).isEqualTo(EntryState.LOADED);
        assertThat(fake.unloads).hasValue(0);
    }

    @Test
    void reloadsAtOnceNeverOverlap() {
        String id = world.createIn(EntryState.LOADED, fake);

        List<Thread> threads = new ArrayList<>();
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 15; i++) {
            threads.add(Thread.ofVirtual()
                    .start(() -> statuses.add(reload(id).extract().statusCode())));
        }
        join(threads);

        assertThat(statuses).hasSize(15).containsOnly(200);
        assertThat(fake.mostRunning).hasValue(1);
        assertThat(fake.setUps.get() - fake.unloads.get()).isEqualTo(1);
        assertThat(world.entry(id).state()).isEqualTo(EntryState.LOADED);
    }

    @Test
    void aReloadDuringTheFirstSetUpWaitsForIt() {
        CountDownLatch go = new CountDownLatch(1);
        fake.setUp = entry -> {
            go.await();
            return new Loaded();
        };
        String id = world.create(fake, "Device");
        await().until(() -> fake.running.get() == 1);

        Thread reload = Thread.ofVirtual().start(() -> reload(id).statusCode(200));
        await().during(Duration.ofMillis(300)).until(() -> fake.setUps.get() == 1);
        go.countDown();
        join(List.of(reload));

        assertThat(fake.setUps).hasValue(2);
        assertThat(fake.mostRunning).hasValue(1);
    }

    @Test
    void credentialsThatWereRepairedElsewhereAreNoticedByAReload() {
        fake.answers(new AuthenticationFailed("revoked"));
        String id = world.createIn(EntryState.SETUP_ERROR, fake);
        reload(id).statusCode(200).body("require_restart", equalTo(false));
        assertThat(world.events(id)).doesNotContain("reauth_done");

        fake.answers(new Loaded());
        reload(id).statusCode(200);

        assertThat(world.entry(id).state()).isEqualTo(EntryState.LOADED);
        assertThat(world.events(id)).containsOnlyOnce("reauth_required").contains("reauth_done");
    }

    private static void join(List<Thread> threads) {
        threads.forEach(thread -> {
            try {
                thread.join(Duration.ofSeconds(60));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
