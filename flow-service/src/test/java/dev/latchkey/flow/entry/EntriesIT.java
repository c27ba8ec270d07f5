package dev.latchkey.flow.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.form.Secret;
import dev.latchkey.testing.AdjustableClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How entries come and change ({@code spec/flows.md} 4.4, decision F5). */
@FlowServiceTest
class EntriesIT {

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @Inject
    Entries entries;

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
    void dataComesBackAsItWasGiven() {
        Map<String, Object> data = Map.of("host", "device.example", "port", 8080L, "token", Secret.of("s3cr3t"));

        Entry created = entries.create(
                new NewEntry(fake.domain(), "Device", "serial-1", "user", data, Map.of("poll", 5L), 1, 1, null));

        Entry found = entries.find(created.entryId()).orElseThrow();
        assertThat(found.data().data()).isEqualTo(data);
        assertThat(found.data().options()).isEqualTo(Map.of("poll", 5L));
        assertThat(found.entryId()).matches("[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(entries.findByUniqueId(fake.domain(), "serial-1")).isPresent();
        assertThat(entries.ofDomain(fake.domain())).hasSize(1);
        assertThat(entries.anyOfDomain(fake.domain())).isTrue();
        assertThat(entries.anyOfDomain("other")).isFalse();
    }

    @Test
    void nothingOfTheDataIsStoredInTheClear() {
        world.create(fake, "Device", null, Map.of("host", "device.example", "token", Secret.of("s3cr3t-t0k3n")));

        assertThat(String.join("", world.column("select e::text from config_entry e")))
                .doesNotContain("s3cr3t-t0k3n", "device.example");
    }

    @Test
    void twoEntriesOfOneAccountAreNotMade() {
        String id = world.create(fake, "Device", "serial-1", Map.of());

        assertThatThrownBy(() -> world.create(fake, "Again", "serial-1", Map.of()))
                .isInstanceOfSatisfying(
                        UniqueIdTakenException.class,
                        taken -> assertThat(taken.entryId()).isEqualTo(id));
        world.create(integrations.make(), "Other integration", "serial-1", Map.of());
        world.create(fake, "No id", null, Map.of());
        world.create(fake, "No id either", null, Map.of());
        assertThat(entries.ofDomain(fake.domain())).hasSize(3);
    }

    @Test
    void whoLosesTheRaceForAnAccountCanGoOnInItsTransaction() {
        world.create(fake, "Device", "serial-1", Map.of());

        String other = QuarkusTransaction.requiringNew().call(() -> {
            assertThatThrownBy(() -> world.create(fake, "Again", "serial-1", Map.of()))
                    .isInstanceOf(UniqueIdTakenException.class);
            return world.create(fake, "Another", "serial-2", Map.of());
        });

        assertThat(entries.find(other)).isPresent();
    }

    @Test
    void ofManyWhoAddOneAccountAtOnceOneSucceeds() throws InterruptedException {
        Queue<String> made = new ConcurrentLinkedQueue<>();
        Queue<Throwable> refused = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, 10)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    try {
                        made.add(world.create(fake, "Device", "serial-1", Map.of()));
                    } catch (UniqueIdTakenException e) {
                        refused.add(e);
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(made).hasSize(1);
        assertThat(refused).hasSize(9);
    }

    @Test
    void anEntryOfATransactionThatFailsIsNeitherThereNorTold() {
        String[] id = new String[1];

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    id[0] = world.create(fake, "Device");
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessageContaining("on purpose");

        assertThat(entries.find(id[0])).isEmpty();
        assertThat(world.events(id[0])).isEmpty();
        assertThat(world.column("select action from entry_history where entry_id = ?", id[0]))
                .isEmpty();
    }

    @Test
    void aChangeIsToldWithTheNamesOfWhatChangedAndNoValue() {
        String id = world.createIn(EntryState.LOADED, fake);
        Instant before = world.entry(id).modifiedAt();
        clock.advance(Duration.ofSeconds(5));

        boolean changed = entries.update(
                id,
                EntryUpdate.nothing()
                        .withTitle("Cellar")
                        .withDataUpdates(Map.of("api_token", Secret.of("n3w-t0k3n"), "host", "device.example"))
                        .withOptions(Map.of("poll", 60))
                        .byFlow("flow-7"));

        assertThat(changed).isTrue();
        Entry entry = world.entry(id);
        assertThat(entry.title()).isEqualTo("Cellar");
        assertThat(entry.data().secret("api_token").reveal()).isEqualTo("n3w-t0k3n");
        assertThat(entry.data().text("host")).isEqualTo("device.example");
        assertThat(entry.data().options()).isEqualTo(Map.of("poll", 60L));
        assertThat(entry.modifiedAt()).isAfter(before);
        assertThat(world.column(
                        "select payload ->> 'changed' from outbox where aggregateid = ? and type like '%updated.v1'",
                        id))
                .containsExactly("[\"title\",\"data.api_token\",\"options.poll\"]");
        assertThat(world.column("select flow_id from entry_history where entry_id = ? and action = 'updated'", id))
                .containsExactly("flow-7");
        assertThat(fake.setUps).as("a change reloads nothing by itself").hasValue(1);
    }

    @Test
    void valuesThatAreThereAlreadyChangeNothing() {
        String id = world.createIn(EntryState.LOADED, fake);
        Entry before = world.entry(id);
        List<String> told = world.events(id);

        assertThat(entries.update(id, EntryUpdate.nothing())).isFalse();
        assertThat(entries.update(
                        id,
                        EntryUpdate.nothing()
                                .withTitle("Device")
                                .withDataUpdates(Map.of("api_token", Secret.of("s3cr3t-t0k3n")))
                                .withOptions(Map.of())))
                .isFalse();

        assertThat(world.entry(id).modifiedAt()).isEqualTo(before.modifiedAt());
        assertThat(world.events(id)).isEqualTo(told);
    }

    @Test
    void anUpdateDoesNotUndoWhatHappenedSinceTheEntryWasRead() {
        String id = world.createIn(EntryState.LOADED, fake);

        QuarkusTransaction.requiringNew().run(() -> {
            entries.find(id);
            QuarkusTransaction.requiringNew()
                    .run(() -> entries.update(id, EntryUpdate.nothing().withNewEntitiesDisabled(true)));
            entries.update(id, EntryUpdate.nothing().withTitle("Cellar"));
            entries.scheduleReload(id, null);
        });

        assertThat(world.entry(id).title()).isEqualTo("Cellar");
        assertThat(world.entry(id).newEntitiesDisabled()).isTrue();
    }

    @Test
    void aUniqueIdIsNotTakenFromAnotherEntry() {
        String one = world.create(fake, "One", "serial-1", Map.of());
        String two = world.create(fake, "Two", "serial-2", Map.of());

        assertThatThrownBy(() -> entries.update(two, EntryUpdate.nothing().withUniqueId("serial-1")))
                .isInstanceOf(UniqueIdTakenException.class);
        assertThat(entries.update(two, EntryUpdate.nothing().withUniqueId("serial-3")))
                .isTrue();
        assertThat(entries.findByUniqueId(fake.domain(), "serial-1")
                        .orElseThrow()
                        .entryId())
                .isEqualTo(one);
    }

    @Test
    void anEntryThatThereIsNotCannotBeChanged() {
        assertThatThrownBy(() -> entries.update("unknown", EntryUpdate.nothing()))
                .isInstanceOf(UnknownEntryException.class);
        assertThatThrownBy(() -> entries.reportRefused("unknown", null)).isInstanceOf(UnknownEntryException.class);
        entries.scheduleReload("unknown", null);
    }

    @Test
    void dataThatIsTooLargeIsRefused() {
        assertThatThrownBy(() -> world.create(fake, "Device", null, Map.of("x", "y".repeat(300_000))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUniqueIdThatCannotBeKeptIsRefusedAndNotCut() {
        for (String uniqueId : List.of("x".repeat(513), "nul\0")) {
            assertThatThrownBy(() -> world.create(fake, "Device", uniqueId, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(entries.findByUniqueId(fake.domain(), uniqueId)).isEmpty();
        }
        world.create(fake, "Device", "\uD83D\uDE00".repeat(256), Map.of());
    }

    @Test
    void aVeryLongTitleIsCut() {
        String id = world.create(fake, "x".repeat(255) + "\uD83D\uDE00\0");

        assertThat(world.entry(id).title()).isEqualTo("x".repeat(255));
    }
}
