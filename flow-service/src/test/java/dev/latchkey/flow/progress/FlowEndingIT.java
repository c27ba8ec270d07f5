package dev.latchkey.flow.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.configflow.EntryChange;
import dev.latchkey.flow.configflow.EntryChange.Reload;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.FlowSource;
import dev.latchkey.flow.configflow.Integrations;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.flow.entry.EntryUpdate;
import dev.latchkey.platform.secret.Secrets;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What flows do to entries when they end: all of it or nothing. */
@FlowServiceTest
class FlowEndingIT {

    @Inject
    FlowEnding ending;

    @Inject
    FlowPrograms programs;

    @Inject
    FlowStore store;

    @Inject
    FlowRemoval removal;

    @Inject
    FlowSealing sealing;

    @Inject
    Integrations integrations;

    @Inject
    Entries entries;

    @Inject
    EntityManager database;

    private String entryId;

    @BeforeEach
    void addEntry() {
        entryId = Flows.start("t_reconf")
                .then()
                .body("type", equalTo("create_entry"))
                .extract()
                .path("result.entry_id");
    }

    @AfterEach
    void clear() {
        Flows.clear();
    }

    @Test
    void aChangeAndTheEndOfItsFlowAreOne() {
        FlowRun run = run(FlowSource.RECONFIGURE, "t_reconf", entryId);
        assertThat(removal.byRun(run)).isTrue();

        assertThatThrownBy(() -> end(run, update(EntryChange.of(entryId).withDataUpdates(Map.of("a", 7L)))))
                .isInstanceOf(FlowGoneException.class);

        assertThat(data()).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void anEntryAndTheEndOfItsFlowAreOne() {
        FlowRun run = run(FlowSource.USER, "t_create", null);
        assertThat(removal.byRun(run)).isTrue();

        assertThatThrownBy(() -> end(run, new FlowResult.CreateEntry("T", Map.of(), null, null, null)))
                .isInstanceOf(FlowGoneException.class);

        assertThat(Flows.entries("t_create")).isEmpty();
    }

    @Test
    void dataIsMergedOrReplaced() {
        end(
                run(FlowSource.RECONFIGURE, "t_reconf", entryId),
                update(EntryChange.of(entryId).withDataUpdates(Map.of("b", 2L)).withTitle("New title")));
        assertThat(data()).isEqualTo(Map.of("a", 1L, "b", 2L));
        assertThat(entries.find(entryId).orElseThrow().title()).isEqualTo("New title");

        end(
                run(FlowSource.RECONFIGURE, "t_reconf", entryId),
                update(EntryChange.of(entryId)
                        .withData(Map.of("c", 3L))
                        .withOptions(Map.of("o", 1L))
                        .withReload(Reload.NEVER)));
        assertThat(data()).isEqualTo(Map.of("c", 3L));
        assertThat(entries.find(entryId).orElseThrow().data().options()).isEqualTo(Map.of("o", 1L));
    }

    @Test
    void aChangeOfAnEntryThatWasRemovedAbortsWithThat() {
        FlowRun run = run(FlowSource.USER, "t_create", null);

        assertThat(end(run, update(EntryChange.of("nowhere"))).view()).containsEntry("reason", "entry_not_found");
    }

    @Test
    void aUniqueIdThatAnotherEntryHasIsNotTakenOver() {
        QuarkusTransaction.requiringNew()
                .run(() -> entries.update(entryId, EntryUpdate.nothing().withUniqueId("taken")));
        String other = Flows.start("t_reconf").path("result.entry_id");

        Shown shown = end(
                run(FlowSource.RECONFIGURE, "t_reconf", other),
                update(EntryChange.of(other).withUniqueId("taken")));

        assertThat(shown.view()).containsEntry("reason", "already_configured");
        assertThat(entries.find(other).map(Entry::uniqueId)).isEmpty();
    }

    @Test
    void flowsMoveToANewKeyWithTheRest() {
        String flow = Flows.started("t_form");
        assertThat(sealing.outdated()).isZero();
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery("update flow set key_id = 'older' where id = :id")
                        .setParameter("id", flow)
                        .executeUpdate());

        assertThat(sealing.outdated()).isOne();
        assertThat(sealing.reseal("", 10).done()).isOne();
        assertThat(sealing.outdated()).isZero();
        Flows.read(flow).then().statusCode(200).body("step_id", equalTo("user"));
    }

    private Map<String, Object> data() {
        return entries.find(entryId).orElseThrow().data().data();
    }

    private FlowRun run(FlowSource source, String domain, String ofEntry) {
        FlowHeader header = new FlowHeader(Secrets.randomId(), domain, domain, source, ofEntry);
        FlowRun run = programs.first(header, null, Map.of(), false);
        assertThat(store.insert(run)).isTrue();
        return run;
    }

    private Shown end(FlowRun run, FlowResult result) {
        return ending.end(run, integrations.find(run.header().domain()).orElseThrow(), result);
    }

    private static FlowResult update(EntryChange change) {
        return new FlowResult.UpdateAndAbort(change, "done", null);
    }
}
