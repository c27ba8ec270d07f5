package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.AbortReason;
import dev.latchkey.flow.configflow.EntryChange;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.EntryUpdate;
import dev.latchkey.flow.entry.NewEntry;
import dev.latchkey.flow.entry.UniqueIdTakenException;
import dev.latchkey.flow.entry.UnknownEntryException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Map;

/**
 * Ends flows: what they do to entries and that they are over is one transaction, which is nothing when the flow was ended
 * meanwhile by somebody else. Entries are touched before flows, as their removal does, so that the two cannot wait for each
 * other.
 */
@ApplicationScoped
class FlowEnding {

    private final EntityManager database;
    private final Entries entries;
    private final FlowStore store;
    private final FlowRemoval removal;

    FlowEnding(EntityManager database, Entries entries, FlowStore store, FlowRemoval removal) {
        this.database = database;
        this.entries = entries;
        this.store = store;
        this.removal = removal;
    }

    /**
     * Does what a flow ends with.
     *
     * @throws FlowGoneException when it is not this run's any more; an abort without a change is returned all the same
     */
    @Transactional
    Shown end(FlowRun run, Integration integration, FlowResult result) {
        Shown shown = switch (result) {
            case FlowResult.Abort abort ->
                Shown.ended(FlowViews.abort(run.header(), abort.reason(), abort.placeholders()), null);
            case FlowResult.UpdateAndAbort update -> update(run, update);
            case FlowResult.CreateEntry created when run.header().ofOptions() -> setOptions(run, created);
            case FlowResult.CreateEntry created -> create(run, integration, created);
            default -> throw new IllegalArgumentException("the flow has not ended");
        };
        boolean ended = run.unattended() ? store.end(run, shown) : removal.byRun(run);
        if (!ended && !(result instanceof FlowResult.Abort)) {
            throw new FlowGoneException();
        }
        return shown;
    }

    private Shown create(FlowRun run, Integration integration, FlowResult.CreateEntry created) {
        FlowHeader header = run.header();
        if (integration.singleInstance() && isThereOne(header.domain())) {
            return Shown.ended(FlowViews.singleInstance(header), null);
        }
        if (created.data() == null) {
            throw new IllegalStateException("a new entry has data");
        }
        Entry entry;
        try {
            entry = entries.create(new NewEntry(
                    header.domain(),
                    created.title(),
                    run.uniqueId(),
                    header.source().id(),
                    created.data(),
                    created.options(),
                    integration.version(),
                    integration.minorVersion(),
                    header.id()));
        } catch (UniqueIdTakenException e) {
            return aborted(header, AbortReason.ALREADY_CONFIGURED);
        }
        removal.ofSameAccount(run);
        if (integration.singleInstance()) {
            removal.ofSameDomain(run);
        }
        return Shown.ended(FlowViews.created(header, created, integration), entry.entryId());
    }

    /** Of two flows that find none, the second looks when the first has ended. */
    private boolean isThereOne(String domain) {
        database.createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:key, 0))) locked")
                .setParameter("key", "single instance of " + domain)
                .getSingleResult();
        return entries.anyOfDomain(domain);
    }

    private Shown update(FlowRun run, FlowResult.UpdateAndAbort update) {
        FlowHeader header = run.header();
        EntryChange change = update.change();
        try {
            boolean changed = entries.update(
                    change.entryId(),
                    EntryUpdate.nothing()
                            .withTitle(change.title())
                            .withUniqueId(change.uniqueId())
                            .withData(change.data())
                            .withDataUpdates(change.dataUpdates())
                            .withOptions(change.options())
                            .byFlow(header.id()));
            if (reloads(change, changed)) {
                entries.scheduleReload(change.entryId(), header.id());
            }
        } catch (UnknownEntryException e) {
            return aborted(header, AbortReason.ENTRY_NOT_FOUND);
        } catch (UniqueIdTakenException e) {
            return aborted(header, AbortReason.ALREADY_CONFIGURED);
        }
        boolean own = change.entryId().equals(header.entryId());
        Map<String, Object> view = own
                ? FlowViews.changed(header, update.reason(), update.placeholders(), change.entryId())
                : FlowViews.abort(header, update.reason(), update.placeholders());
        return Shown.ended(view, null);
    }

    private boolean reloads(EntryChange change, boolean changed) {
        return switch (change.reload()) {
            case NEVER -> false;
            case ALWAYS -> true;
            case IF_CHANGED -> changed;
            case IF_CHANGED_AND_ACTIVE ->
                changed
                        && entries.find(change.entryId())
                                .map(Entry::state)
                                .filter(state -> state == EntryState.LOADED || state == EntryState.SETUP_RETRY)
                                .isPresent();
        };
    }

    private Shown setOptions(FlowRun run, FlowResult.CreateEntry created) {
        FlowHeader header = run.header();
        try {
            if (created.data() != null
                    && entries.update(
                            header.entryId(),
                            EntryUpdate.nothing().withOptions(created.data()).byFlow(header.id()))) {
                entries.scheduleReload(header.entryId(), header.id());
            }
        } catch (UnknownEntryException e) {
            throw new FlowGoneException();
        }
        return Shown.ended(FlowViews.optionsSet(header, created), null);
    }

    private static Shown aborted(FlowHeader header, String reason) {
        return Shown.ended(FlowViews.abort(header, reason, null), null);
    }
}
