package dev.latchkey.flow.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.configflow.SetUpOutcome.ConfigurationError;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.NewEntry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Setting entries up, and what follows from how that ends ({@code spec/flows.md} 4.2 and 5.5, decision F7). */
@FlowServiceTest
class SetUpIT extends SetUpTesting {

    @Test
    void aNewEntryIsSetUpByItself() {
        String id = world.createIn(EntryState.LOADED, fake);

        assertThat(fake.setUps).hasValue(1);
        assertThat(world.entry(id).reason()).isNull();
        assertThat(world.events(id)).containsExactly("created", "state_changed", "state_changed");
        assertThat(world.statesTold(id)).containsExactly("setup_in_progress", "loaded");
    }

    @Test
    void whoWaitsForTheFirstSetUpGetsWhatCameOfIt() {
        fake.answers(new NotReady("device offline"));
        String id = world.create(fake, "Device");

        Entry entry = setUp.setUp(id);

        assertThat(entry.state()).isEqualTo(EntryState.SETUP_RETRY);
        assertThat(entry.reason()).isEqualTo("device offline");
        assertThat(fake.setUps).hasValue(1);
    }

    @Test
    void anEntryThatIsNotReadyIsTriedAgainUntilItIs() {
        clock.stop();
        fake.answers(new NotReady("device offline"));
        String id = world.createIn(EntryState.SETUP_RETRY, fake);
        assertThat(world.entry(id).reason()).isEqualTo("device offline");

        clock.advance(Duration.ofMillis(5_500));
        await().untilAsserted(() -> assertThat(fake.setUps).hasValue(2));
        world.becomes(id, EntryState.SETUP_RETRY);
        clock.advance(Duration.ofSeconds(6));
        assertStays(2);

        fake.answers(new Loaded());
        clock.advance(Duration.ofMillis(4_500));
        world.becomes(id, EntryState.LOADED);
        assertThat(world.entry(id).reason()).isNull();
    }

    @Test
    void aRemoteThatAsksForTimeGetsIt() {
        clock.stop();
        fake.answers(new NotReady("slow down", Duration.ofSeconds(120)));
        world.createIn(EntryState.SETUP_RETRY, fake);

        clock.advance(Duration.ofSeconds(100));
        assertStays(1);
        clock.advance(Duration.ofSeconds(21));
        await().untilAsserted(() -> assertThat(fake.setUps).hasValue(2));
    }

    @Test
    void anUnexpectedErrorIsTriedAgainToo() {
        fake.setUp = entry -> {
            throw new IllegalStateException("s3cr3t-t0k3n was not accepted");
        };
        String id = world.createIn(EntryState.SETUP_RETRY, fake);

        assertThat(world.entry(id).reason()).isEqualTo("Unexpected error");
    }

    @Test
    void aConfigurationErrorIsNotTriedAgain() {
        clock.stop();
        fake.answers(new ConfigurationError("no such site"));
        String id = world.createIn(EntryState.SETUP_ERROR, fake);

        assertThat(world.entry(id).reason()).isEqualTo("no such site");
        clock.advance(Duration.ofDays(2));
        assertStays(1);
        assertThat(world.events(id)).doesNotContain("reauth_required");
    }

    @Test
    void refusedCredentialsAreToldOnceAndTriedAgainRarely() {
        clock.stop();
        fake.answers(new AuthenticationFailed("token revoked"));
        String id = world.createIn(EntryState.SETUP_ERROR, fake);
        assertThat(world.entry(id).reason()).isEqualTo("token revoked");
        assertThat(world.statesTold(id)).containsExactly("setup_in_progress", "setup_error");

        clock.advance(Duration.ofMinutes(50));
        assertStays(1);
        clock.advance(Duration.ofMinutes(17));
        await().untilAsserted(() -> assertThat(fake.setUps).hasValue(2));
        world.settles(id);
        assertThat(world.events(id)).containsOnlyOnce("reauth_required");

        fake.answers(new Loaded());
        clock.advance(Duration.ofMinutes(67));
        world.becomes(id, EntryState.LOADED);
        assertThat(world.events(id)).endsWith("state_changed", "reauth_done");
    }

    @Test
    void anIgnoredEntryIsNeverSetUp() {
        String id = entries.create(
                        new NewEntry(fake.domain(), "Ignored", "serial", Entry.IGNORED, Map.of(), Map.of(), 1, 1, null))
                .entryId();
        entries.scheduleReload(id, null);
        String other = world.createIn(EntryState.LOADED, fake);

        assertThat(fake.setUps).hasValue(1);
        assertThat(world.entry(id).state()).isEqualTo(EntryState.NOT_LOADED);
        assertThat(world.entry(other).state()).isEqualTo(EntryState.LOADED);
    }

    @Test
    void anEntryWhoseIntegrationIsAwayIsSetUpOnceItIsBack() {
        clock.stop();
        integrations.remove(fake);
        String id = world.createIn(EntryState.SETUP_RETRY, fake);
        assertThat(world.entry(id).reason()).isEqualTo("Integration not found");
    }

    @Test
    void aReloadThatIsWantedWhileAnEntryIsSetUpFollows() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        fake.setUp = entry -> {
            go.await();
            return new Loaded();
        };
        String id = world.create(fake, "Device");
        await().untilAsserted(() -> assertThat(fake.running).hasValue(1));

        entries.scheduleReload(id, "the-flow");
        go.countDown();

        await().untilAsserted(() -> assertThat(world.events(id)).contains("reloaded"));
        assertThat(fake.setUps).hasValue(2);
        assertThat(fake.mostRunning).hasValue(1);
        assertThat(world.column("select flow_id from entry_history where entry_id = ? and action = 'reloaded'", id))
                .containsExactly("the-flow");
    }

    @Test
    void aReloadDoesNotWaitForTheNextTry() {
        clock.stop();
        fake.answers(new NotReady("device offline"));
        String id = world.createIn(EntryState.SETUP_RETRY, fake);
        fake.answers(new Loaded());

        entries.scheduleReload(id, null);

        world.becomes(id, EntryState.LOADED);
    }
}
