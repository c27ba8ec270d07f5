package dev.latchkey.flow.setup;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.World.ENTRIES;

import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.World;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.testing.AdjustableClock;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An integration that does what a test says, and what administrators do to its entries. */
abstract class EntryControlTesting {

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @Inject
    Entries entries;

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

    static ValidatableResponse remove(String id) {
        return admin().delete(ENTRIES + id).then();
    }

    static ValidatableResponse reload(String id) {
        return admin().post(ENTRIES + id + "/reload").then();
    }

    static ValidatableResponse disable(String id, String by) {
        return admin().body("{\"disabled_by\":" + by + "}")
                .post(ENTRIES + id + "/disable")
                .then();
    }

    static ValidatableResponse update(String id, String body) {
        return admin().body(body).post(ENTRIES + id + "/update").then();
    }
}
