package dev.latchkey.flow.connector;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.connector.ConnectorGuideIT.HomeOfGuide;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.NewEntry;
import dev.latchkey.testing.AdjustableClock;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connector whose file was away. */
@FlowServiceTest
@TestProfile(HomeOfGuide.class)
class ReturningConnectorIT {

    private static final String CONNECTOR = """
            domain: returning
            name: Returning
            fields: [{ name: host, selector: { text: { type: url } }, required: true }]
            check:
              request: { url: "{+host}/me" }
              account: { unique_id: /id }
            """;

    @ConfigProperty(name = "latchkey.flow.connectors")
    Path connectors;

    @Inject
    World world;

    @Inject
    Entries entries;

    @Inject
    AdjustableClock clock;

    @AfterEach
    void clear() throws IOException {
        Files.deleteIfExists(connectors.resolve("returning.yaml"));
        clock.reset();
        world.clear();
    }

    @Test
    void itsEntriesWorkAsSoonAsItsFileIsBackAndNotOnlyAtTheirNextTry() throws IOException {
        clock.stop();
        try (ScriptedServer device = ScriptedServer.answering(200, "{\"id\":\"one\"}")) {
            String id = entries.create(new NewEntry(
                            "returning", "Device", "one", "user", Map.of("host", device.url()), Map.of(), 1, 1, null))
                    .entryId();
            world.becomes(id, EntryState.SETUP_RETRY);

            Files.writeString(connectors.resolve("returning.yaml"), CONNECTOR);

            world.becomes(id, EntryState.LOADED);
        }
    }
}
