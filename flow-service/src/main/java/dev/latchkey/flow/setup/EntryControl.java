package dev.latchkey.flow.setup;

import dev.latchkey.flow.configflow.Integrations;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.flow.entry.EntryAdministration;
import dev.latchkey.flow.entry.EntrySetUp;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.EntrySummary;
import dev.latchkey.flow.entry.EntryUpdate;
import dev.latchkey.flow.entry.Held;
import dev.latchkey.flow.entry.Origin;
import dev.latchkey.flow.entry.Origins;
import dev.latchkey.flow.entry.UnknownEntryException;
import dev.latchkey.platform.http.DatabaseOutage;
import dev.latchkey.platform.http.MessageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What people do to entries while they wait for it: reload, remove, disable, change. One at a time for each entry. */
@ApplicationScoped
class EntryControl implements EntrySetUp {

    private static final Logger LOG = Logger.getLogger(EntryControl.class);

    private final Entries entries;
    private final EntryAdministration administration;
    private final Holds holds;
    private final EntryRun run;
    private final Trial trial;
    private final Integrations integrations;
    private final Origins origins;

    EntryControl(
            Entries entries,
            EntryAdministration administration,
            Holds holds,
            EntryRun run,
            Trial trial,
            Integrations integrations,
            Origins origins) {
        this.entries = entries;
        this.administration = administration;
        this.holds = holds;
        this.run = run;
        this.trial = trial;
        this.integrations = integrations;
        this.origins = origins;
    }

    @Override
    public Entry setUp(String entryId) {
        Entry entry = entries.find(entryId).orElseThrow(() -> new UnknownEntryException(entryId));
        if (!waits(entry) && entry.state() != EntryState.SETUP_IN_PROGRESS) {
            return entry;
        }
        try {
            holds.tryTake(entryId).ifPresent(this::setUpOnce);
            return entries.find(entryId).orElseThrow(() -> new UnknownEntryException(entryId));
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isBehind(e)) {
                throw e;
            }
            LOG.warnf("The entry %s is set up when the database is back: %s", entryId, e.getMessage());
            return entry;
        }
    }

    /** The entry is there: that it is set up only later is no failure of whoever added it. */
    private void setUpOnce(Held held) {
        if (!waits(held.entry())) {
            holds.letGo(held);
            return;
        }
        try {
            holds.work(held, () -> run.due(held));
        } catch (MessageException e) {
            LOG.debugf("Nobody waits for the set-up of the entry %s any more: %s", held.entryId(), e.getMessage());
        }
    }

    private static boolean waits(Entry entry) {
        return entry.state() == EntryState.NOT_LOADED && entry.disabledBy() == null && !entry.ignored();
    }

    /**
     * Reloads an entry (R3).
     *
     * @return the state it is in then
     * @throws MessageException 403 when its state does not allow it, 503 when it is busy for too long
     */
    EntryState reload(String entryId) {
        Held held = holds.take(entryId);
        if (!held.life().state().recoverable()) {
            holds.letGo(held);
            throw new MessageException(403, "Entry cannot be reloaded");
        }
        return atRest(held) ? stateAfter(held, () -> run.unload(held)) : stateAfter(held, reloading(held));
    }

    /**
     * Removes an entry (R2), even when it cannot be taken down.
     *
     * @return whether something of it stays behind until a restart
     */
    boolean remove(String entryId) {
        Held held = holds.take(entryId);
        boolean failed;
        try {
            EntryState state = held.life().state();
            failed = state == EntryState.LOADED
                    ? holds.work(held, () -> run.takeDown(held)).isPresent()
                    : state == EntryState.FAILED_UNLOAD;
            if (!administration.remove(held)) {
                throw Holds.busy();
            }
        } catch (RuntimeException e) {
            holds.giveUp(held);
            throw e;
        }
        integrations
                .find(held.entry().domain())
                .ifPresent(
                        integration -> trial.removed(integration, held.entry().data()));
        return failed;
    }

    /**
     * Disables an entry and takes it down, or enables it and sets it up (W4).
     *
     * @param by {@code user}; null to enable
     * @return whether that came to what it should
     */
    boolean disable(String entryId, String by) {
        Held held = holds.take(entryId);
        boolean changed;
        try {
            changed = administration.disable(entryId, by);
        } catch (RuntimeException e) {
            holds.giveUp(held);
            throw e;
        }
        if (!changed) {
            holds.letGo(held);
            return true;
        }
        if (!held.life().state().recoverable()) {
            holds.letGo(held);
            return false;
        }
        if (by == null && !held.entry().ignored()) {
            return stateAfter(held, reloading(held)) == EntryState.LOADED;
        }
        return stateAfter(held, () -> run.unload(held)) == EntryState.NOT_LOADED;
    }

    /**
     * Changes title and preferences of an entry (W3). When it shall be probed or not be probed any more, it is reloaded.
     *
     * @return the entry as it is before that
     */
    Changed update(String entryId, EntryUpdate update) {
        Entry before = entries.find(entryId).orElseThrow(() -> new UnknownEntryException(entryId));
        entries.update(entryId, update);
        Entry after = entries.find(entryId).orElseThrow(() -> new UnknownEntryException(entryId));
        boolean reload = before.pollingDisabled() != after.pollingDisabled() && after.state() == EntryState.LOADED;
        return new Changed(after.summary(), reload && !isReloaded(entryId));
    }

    /** The change is made: when the entry is busy, its reload follows. */
    private boolean isReloaded(String entryId) {
        try {
            return reload(entryId) != EntryState.FAILED_UNLOAD;
        } catch (MessageException e) {
            entries.scheduleReload(entryId, null);
            return e.status() == 503;
        }
    }

    /**
     * What came of a change.
     *
     * @param restart whether only a restart makes it effective
     */
    record Changed(EntrySummary entry, boolean restart) {}

    private Supplier<Optional<EntrySummary>> reloading(Held held) {
        Origin by = origins.current();
        return () -> run.reload(held, by);
    }

    private EntryState stateAfter(Held held, Supplier<Optional<EntrySummary>> task) {
        return holds.work(held, task).map(EntrySummary::state).orElseThrow(Holds::busy);
    }

    private static boolean atRest(Held held) {
        return held.entry().disabledBy() != null || held.entry().ignored();
    }
}
