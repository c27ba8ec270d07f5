package dev.latchkey.flow.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.configflow.IntegrationsChanged;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.configflow.SetUpOutcome.ConfigurationError;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.testing.AdjustableClock;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to entries when their integration comes back or changes while the service runs. The clock stands still. */
@FlowServiceTest
class ChangedIntegrationsIT {

    private static final int MOST_PER_HOST = 8;

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @Inject
    AdjustableClock clock;

    @Inject
    Event<IntegrationsChanged> changes;

    private FakeIntegration fake;

    @BeforeEach
    void makeIntegration() {
        clock.stop();
        fake = integrations.make();
    }

    @AfterEach
    void clear() {
        clock.reset();
        world.clear();
    }

    @Test
    void anEntryWhoseIntegrationComesBackIsSetUpAtOnce() {
        integrations.remove(fake);
        String id = world.createIn(EntryState.SETUP_RETRY, fake);
        assertThat(world.entry(id).reason()).isEqualTo("Integration not found");

        integrations.putBack(fake);
        tellOf(fake);

        world.becomes(id, EntryState.LOADED);
    }

    @Test
    void anEntryThatItsIntegrationCouldNotSetUpIsTriedAgainWhenThatChanges() {
        fake.answers(new ConfigurationError("no such product"));
        String wrong = world.createIn(EntryState.SETUP_ERROR, fake);
        fake.answers(new NotReady("offline"));
        String away = world.createIn(EntryState.SETUP_RETRY, fake);

        fake.answers(new Loaded());
        tellOf(fake);

        world.becomes(wrong, EntryState.LOADED);
        world.becomes(away, EntryState.LOADED);
    }

    @Test
    void anEntryThatIsJustBeingTriedIsTriedAgainAfterwards() {
        CountDownLatch changed = new CountDownLatch(1);
        fake.setUp = entry -> {
            changed.await();
            return new NotReady("as the integration was");
        };
        String id = world.create(fake, "Device");
        await().until(() -> fake.running.get() == 1);

        tellOf(fake);
        await().until(() -> world.column("select 1 from config_entry where id = ? and reload_wanted > 0", id)
                .equals(List.of("1")));
        fake.setUp = entry -> new Loaded();
        changed.countDown();

        world.becomes(id, EntryState.LOADED);
    }

    @Test
    void whatWorksWhatIsRefusedWhatIsDisabledAndWhatIsOfOthersIsLeftAlone() {
        String works = world.createIn(EntryState.LOADED, fake);
        fake.answers(new AuthenticationFailed("wrong token"));
        String refused = world.createIn(EntryState.SETUP_ERROR, fake);
        fake.answers(new NotReady("offline"));
        String disabled = world.createIn(EntryState.SETUP_RETRY, fake);
        world.execute("update config_entry set disabled_by = 'user', due_at = null where id = '" + disabled + "'");
        FakeIntegration other = integrations.make();
        other.answers(new NotReady("offline"));
        String ofOther = world.createIn(EntryState.SETUP_RETRY, other);
        String witness = world.createIn(EntryState.SETUP_RETRY, fake);
        List<String> before = dueTimes(works, refused, disabled, ofOther);

        fake.answers(new Loaded());
        tellOf(fake);

        world.becomes(witness, EntryState.LOADED);
        assertThat(dueTimes(works, refused, disabled, ofOther)).isEqualTo(before);
        assertThat(world.entry(refused).state()).isEqualTo(EntryState.SETUP_ERROR);
        assertThat(other.setUps).hasValue(1);
    }

    @Test
    void manyThatComeBackAskNoHostMoreOftenAtOnceThanAllowed() {
        integrations.remove(fake);
        List<String> ids =
                Stream.generate(() -> world.create(fake, "Device")).limit(100).toList();
        ids.forEach(id -> world.becomes(id, EntryState.SETUP_RETRY));
        fake.host = "hub.example";
        fake.setUp = entry -> {
            TimeUnit.MILLISECONDS.sleep(5);
            return new Loaded();
        };

        integrations.putBack(fake);
        tellOf(fake);

        ids.forEach(id -> world.becomes(id, EntryState.LOADED));
        assertThat(fake.mostRunning.get()).isBetween(1, MOST_PER_HOST);
        assertThat(fake.setUps).hasValue(ids.size());
    }

    private void tellOf(FakeIntegration integration) {
        changes.fire(new IntegrationsChanged(Set.of(integration.domain())));
    }

    private List<String> dueTimes(String... ids) {
        return Stream.of(ids)
                .flatMap(id ->
                        world
                                .column("select coalesce(due_at::text, 'never') from config_entry where id = ?", id)
                                .stream())
                .toList();
    }
}
