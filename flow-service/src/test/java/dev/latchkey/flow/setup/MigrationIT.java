package dev.latchkey.flow.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.EntryUpdate;
import dev.latchkey.flow.form.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Entries of another version than their integration ({@code spec/flows.md} 4.5). */
@FlowServiceTest
class MigrationIT extends SetUpTesting {

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
}
