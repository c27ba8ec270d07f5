package dev.latchkey.flow.setup;

import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.World;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.EntrySetUp;
import dev.latchkey.testing.AdjustableClock;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An integration that does what a test says, and its entries. */
abstract class SetUpTesting {

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

    FakeIntegration fake;

    @BeforeEach
    void makeIntegration() {
        fake = integrations.make();
    }

    @AfterEach
    void clear() {
        clock.reset();
        world.clear();
    }

    /** Several looks for work later, nothing was tried that should not be. */
    void assertStays(int setUps) {
        await().during(Duration.ofMillis(800)).atMost(Duration.ofSeconds(5)).until(() -> fake.setUps.get() == setUps);
    }
}
