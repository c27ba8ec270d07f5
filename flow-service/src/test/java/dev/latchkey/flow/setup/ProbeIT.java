package dev.latchkey.flow.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.entry.EntryState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Testing entries that are loaded, by themselves and because of what workers report (decisions F7 and F8). */
@FlowServiceTest
class ProbeIT extends SetUpTesting {

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
    void reportsAreTestedOnceAMinuteHoweverManyCome() {
        clock.stop();
        String id = world.createIn(EntryState.LOADED, fake);
        entries.reportRefused(id, "401 from the device");
        await().untilAsserted(() -> assertThat(world.events(id)).endsWith("reauth_done"));
        world.settles(id);

        for (int i = 0; i < 5; i++) {
            entries.reportRefused(id, "401 from the device");
        }

        await().during(Duration.ofMillis(600)).until(() -> fake.setUps.get() == 2);
        clock.advance(Duration.ofSeconds(60));
        await().untilAsserted(() -> assertThat(fake.setUps).hasValue(3));
    }

    @Test
    void aReportOfCredentialsThatAreKnownToBeRefusedTestsNothing() {
        fake.answers(new AuthenticationFailed("token revoked"));
        String id = world.createIn(EntryState.SETUP_ERROR, fake);

        entries.reportRefused(id, "401 from the device");

        await().during(Duration.ofMillis(600)).until(() -> fake.setUps.get() == 1);
    }

    @Test
    void aReportThatComesDuringATestDoesNotShortenTheWaitThatThisTestFindsOut() {
        CountDownLatch go = new CountDownLatch(1);
        String id = world.createIn(EntryState.LOADED, fake);
        fake.setUp = entry -> {
            go.await();
            return new NotReady("too many requests", Duration.ofHours(1));
        };
        world.execute("update config_entry set due_at = '2000-01-01' where id = '" + id + "'");
        await().untilAsserted(() -> assertThat(fake.running).hasValue(1));

        entries.reportRefused(id, "401 from the device");
        go.countDown();

        world.becomes(id, EntryState.SETUP_RETRY);
        await().during(Duration.ofMillis(600)).until(() -> fake.setUps.get() == 2);
    }

    @Test
    void aReportDoesNotShortenTheWaitThatTheRemoteDemands() {
        fake.answers(new NotReady("too many requests", Duration.ofHours(1)));
        String id = world.createIn(EntryState.SETUP_RETRY, fake);

        entries.reportRefused(id, "401 from the device");

        await().during(Duration.ofMillis(600)).until(() -> fake.setUps.get() == 1);
        assertThat(world.events(id)).containsOnlyOnce("reauth_required");
    }
}
