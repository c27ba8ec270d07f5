package dev.latchkey.flow.setup;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.World.ENTRIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.flow.entry.EntrySetUp;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.platform.http.MessageException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change that was made counts, also when what follows from it has to wait. */
@FlowServiceTest
class DelayedWorkIT {

    private static final int MOST_WAITING = 128;

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @Inject
    EntryControl control;

    @Inject
    EntrySetUp setUp;

    private FakeIntegration fake;

    @BeforeEach
    void makeIntegration() {
        fake = integrations.make();
    }

    @AfterEach
    void clear() {
        world.execute("drop function if exists refuse cascade");
        world.clear();
    }

    @Test
    void aPreferenceIsChangedAlsoWhenItsReloadHasToWait() throws InterruptedException {
        String id = world.createIn(EntryState.LOADED, fake);
        String other = world.createIn(EntryState.LOADED, fake);
        FakeIntegration slow = integrations.make();
        CountDownLatch goOn = new CountDownLatch(1);
        slow.setUp = entry -> {
            goOn.await();
            return new Loaded();
        };
        String busy = world.create(slow, "Busy");
        await().until(() -> slow.running.get() == 1);
        List<Thread> crowd = Stream.generate(() -> Thread.ofVirtual().start(() -> control.reload(busy)))
                .limit(MOST_WAITING)
                .toList();
        await().until(() -> isRefused(other));
        int before = fake.setUps.get();

        admin().body("{\"pref_disable_polling\":true}")
                .post(ENTRIES + id + "/update")
                .then()
                .statusCode(200)
                .body("require_restart", equalTo(false))
                .body("config_entry.pref_disable_polling", equalTo(true));

        await().untilAsserted(() -> assertThat(fake.setUps.get()).isGreaterThan(before));
        world.becomes(id, EntryState.LOADED);
        goOn.countDown();
        for (Thread one : crowd) {
            assertThat(one.join(Duration.ofSeconds(60))).isTrue();
        }
    }

    @Test
    void anEntryIsThereAlsoWhenTheDatabaseGoesAwayBeforeItsSetUp() {
        world.execute("create function refuse() returns trigger language plpgsql"
                + " as 'begin raise exception ''on purpose'' using errcode = ''53100''; end'");
        world.execute("create trigger refuse before update on config_entry for each row execute function refuse()");
        String id = world.create(fake, "Device");

        Entry entry = setUp.setUp(id);

        assertThat(entry.state()).isEqualTo(EntryState.NOT_LOADED);
        world.execute("drop function refuse cascade");
        world.becomes(id, EntryState.LOADED);
    }

    /** Tells whether nobody more can wait for an entry. */
    private boolean isRefused(String entryId) {
        try {
            control.reload(entryId);
            return false;
        } catch (MessageException e) {
            return e.status() == 503;
        }
    }
}
