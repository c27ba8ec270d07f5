package dev.latchkey.flow.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.AdjustableClock;
import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.configflow.SetUpOutcome.ConfigurationError;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.flow.entry.EntrySetUp;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.EntryUpdate;
import dev.latchkey.flow.entry.NewEntry;
import dev.latchkey.flow.form.Secret;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Setting entries up, and what follows from how that ends ({@code spec/flows.md} 4.2 and 5.5, decision F7). */
@FlowServiceTest
class SetUpIT {

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @Inject
    Entries entries;

    @Inject
    EntrySetUp setUp;

    @Inject
    AdjustableClock clock;

    private FakeIntegration fake;

    @BeforeEach
    void makeIntegration() {
        fake = integrations.make();
    }

    @AfterEach
    void clear() {
        clock.reset();
        world.clear();
    }

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
    void aLoadedEntryIsProbedAndShowsWhatItFinds() {
        clock.stop();
        fake.probeInterval = Duration.ofMinutes(5);
        String id = world.createIn(EntryState.LOADED, fake);

        clock.advance(Duration.ofSeconds(331));
        await().untilAsserted(() -> assertThat(fake.setUps).hasValue(2));
        world.settles(id);
        assertThat(world.statesTold(id)).containsExactly("setup_in_progress", "loaded");

        fake.answers(new AuthenticationFailed("token revoked"));
        clock.advance(Duration.ofSeconds(331));
        world.becomes(id, EntryState.SETUP_ERROR);
        assertThat(world.events(id)).endsWith("state_changed", "reauth_required");
    }

    @Test
    void aReportOfAWorkerIsTestedAtOnce() {
        String id = world.createIn(EntryState.LOADED, fake);
        fake.answers(new AuthenticationFailed("token revoked"));

        entries.reportRefused(id, "401 from the device");

        world.becomes(id, EntryState.SETUP_ERROR);
        assertThat(world.events(id)).containsOnlyOnce("reauth_required");
    }

    @Test
    void aReportThatComesDuringATestIsTestedAfterIt() {
        CountDownLatch go = new CountDownLatch(1);
        String id = world.createIn(EntryState.LOADED, fake);
        fake.setUp = entry -> {
            go.await();
            return fake.setUps.get() == 2 ? new Loaded() : new AuthenticationFailed("token revoked");
        };
        world.execute("update config_entry set due_at = '2000-01-01' where id = '" + id + "'");
        await().untilAsserted(() -> assertThat(fake.running).hasValue(1));

        entries.reportRefused(id, "401 from the device");
        go.countDown();

        world.becomes(id, EntryState.SETUP_ERROR);
        assertThat(fake.setUps).hasValue(3);
        assertThat(world.events(id)).containsOnlyOnce("reauth_required").doesNotContain("reauth_done");
    }

    @Test
    void aReportThatTheTestDoesNotConfirmIsOver() {
        String id = world.createIn(EntryState.LOADED, fake);

        entries.reportRefused(id, "401 from the device");

        await().untilAsserted(() -> assertThat(world.events(id)).endsWith("reauth_required", "reauth_done"));
        assertThat(world.entry(id).state()).isEqualTo(EntryState.LOADED);
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
    void anEntryOfAnOlderVersionIsMigratedBeforeItIsSetUp() {
        String id = world.createIn(EntryState.LOADED, fake);
        fake.version = 2;
        fake.migrate = entry -> Optional.of(new EntryData(
                entry.entryId(),
                entry.domain(),
                entry.title(),
                entry.uniqueId(),
                Map.of("url", "https://" + entry.text("host"), "api_token", entry.secret("api_token")),
                entry.options(),
                2,
                1));

        entries.scheduleReload(id, null);

        await().untilAsserted(() -> assertThat(world.entry(id).data().version()).isEqualTo(2));
        assertThat(world.entry(id).data().text("url")).isEqualTo("https://device.example");
        assertThat(world.entry(id).data().secret("api_token").reveal()).isEqualTo("s3cr3t-t0k3n");
        world.becomes(id, EntryState.LOADED);
    }

    @Test
    void whatIsSavedWhileAnEntryIsMigratedStandsAndIsMigratedInItsTurn() {
        String id = world.createIn(EntryState.LOADED, fake);
        fake.version = 2;
        fake.migrate = entry -> {
            entries.update(id, EntryUpdate.nothing().withDataUpdates(Map.of("api_token", Secret.of("n3w"))));
            return Optional.of(new EntryData(
                    entry.entryId(),
                    entry.domain(),
                    entry.title(),
                    entry.uniqueId(),
                    entry.data(),
                    entry.options(),
                    2,
                    1));
        };

        entries.scheduleReload(id, null);

        await().untilAsserted(() -> assertThat(world.entry(id).data().version()).isEqualTo(2));
        assertThat(world.entry(id).data().secret("api_token").reveal()).isEqualTo("n3w");
    }

    @Test
    void anEntryThatCannotBeMigratedIsLeftAsItIs() {
        assertNotMigrated(2, entry -> Optional.empty());
        assertNotMigrated(2, entry -> {
            throw new IllegalStateException("on purpose");
        });
        assertNotMigrated(2, null);
    }

    @Test
    void anEntryOfANewerVersionIsLeftAsItIs() {
        fake.version = 3;
        String id = world.createIn(EntryState.LOADED, fake);
        fake.version = 2;
        fake.migrate = Optional::of;

        entries.scheduleReload(id, null);

        world.becomes(id, EntryState.MIGRATION_ERROR);
        assertThat(world.entry(id).data().version()).isEqualTo(3);
    }

    @Test
    void withoutMigrationAnotherMinorVersionIsAccepted() {
        fake.minorVersion = 7;

        world.createIn(EntryState.LOADED, fake);
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

    private void assertNotMigrated(int version, FakeIntegration.Deed<Optional<EntryData>> migrate) {
        fake.version = 1;
        String id = world.createIn(EntryState.LOADED, fake);
        int before = fake.setUps.get();
        fake.version = version;
        fake.migrate = migrate;

        entries.scheduleReload(id, null);

        world.becomes(id, EntryState.MIGRATION_ERROR);
        assertThat(world.entry(id).data().version()).isEqualTo(1);
        assertThat(world.entry(id).data().text("host")).isEqualTo("device.example");
        assertThat(fake.setUps).hasValue(before);
        fake.migrate = null;
    }

    /** Several looks for work later, nothing was tried that should not be. */
    private void assertStays(int setUps) {
        await().during(Duration.ofMillis(800)).atMost(Duration.ofSeconds(5)).until(() -> fake.setUps.get() == setUps);
    }
}
