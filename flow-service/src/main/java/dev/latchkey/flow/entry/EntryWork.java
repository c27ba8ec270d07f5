package dev.latchkey.flow.entry;

import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.entry.EntryChanged.Kind;
import dev.latchkey.platform.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Hands entries out to whoever works on them, one piece of work at a time and on one replica, and writes down what came of it.
 * Every method is one transaction of few statements, however many entries it is about. Only package {@code setup} calls it.
 */
@ApplicationScoped
public class EntryWork {

    private static final Logger LOG = Logger.getLogger(EntryWork.class);

    private final EntryRepository entries;
    private final EntrySealing sealing;
    private final EntryNews news;
    private final Clock clock;

    EntryWork(EntryRepository entries, EntrySealing sealing, EntryNews news, Clock clock) {
        this.entries = entries;
        this.sealing = sealing;
        this.news = news;
        this.clock = clock;
    }

    /** Takes hold of entries that are due, those that are due longest first. */
    @Transactional
    public List<Held> claim(String replica, int most) {
        List<Held> held = new ArrayList<>();
        for (EntryEntity entry : entries.lockDue(clock.instant(), most)) {
            if (entry.atRest()) {
                entry.dueAt = null;
            } else {
                held.add(take(entry, replica));
            }
        }
        return held;
    }

    /**
     * Takes hold of one entry, due or not.
     *
     * @return nothing while somebody else works on it
     * @throws UnknownEntryException when there is none
     */
    @Transactional
    public Optional<Held> hold(String replica, String entryId) {
        EntryEntity entry = entries.lock(entryId);
        return entry.hold == null ? Optional.of(take(entry, replica)) : Optional.empty();
    }

    /**
     * Makes entries due whose set-up failed and whose integration may be another now. One that is just being tried was perhaps begun
     * with the integration as it was: it is reloaded afterwards. Entries whose credentials were refused wait for new ones.
     *
     * @return how many
     */
    @Transactional
    public int integrationsChanged(Collection<String> domains) {
        return entries.makeFailedDue(domains, clock.instant());
    }

    /** An entry that cannot be decrypted is handed out too, without data: it must be possible to remove it. */
    private Held take(EntryEntity entry, String replica) {
        EntryData data;
        boolean readable = true;
        try {
            data = sealing.open(entry);
        } catch (IllegalStateException e) {
            LOG.errorf("Entry %s cannot be read: %s", entry.id, e.getMessage());
            data = new EntryData(
                    entry.id,
                    entry.domain,
                    entry.title,
                    entry.uniqueId,
                    Map.of(),
                    Map.of(),
                    entry.version,
                    entry.minorVersion);
            readable = false;
        }
        entry.owner = replica;
        entry.hold = replica + "/" + Secrets.randomId();
        Origin reload = entry.reloadWanted == 0 ? null : Origin.SERVICE.through(entry.reloadFlowId);
        return new Held(
                entry.hold, new Entry(data, entry.summary()), entry.life(), readable, reload, entry.reloadWanted);
    }

    /**
     * Takes steps in the lives of held entries, in the given order. A step whose hold is not true any more does nothing.
     *
     * @return for each step, the entry after it; nothing where the hold was lost
     */
    @Transactional
    public List<Optional<EntrySummary>> apply(List<LifeStep> steps) {
        Map<String, EntryEntity> byId =
                entries.lockAll(steps.stream().map(LifeStep::entryId).distinct().toList()).stream()
                        .collect(Collectors.toMap(entry -> entry.id, entry -> entry, (one, same) -> one, HashMap::new));
        List<EntryChanged> changes = new ArrayList<>();
        List<Optional<EntrySummary>> results = new ArrayList<>(steps.size());
        for (LifeStep step : steps) {
            EntryEntity entry = byId.get(step.entryId());
            if (entry == null || !step.held().hold().equals(entry.hold)) {
                results.add(Optional.empty());
                continue;
            }
            changes.addAll(take(entry, step));
            results.add(Optional.of(entry.summary()));
        }
        news.tell(changes);
        return results;
    }

    private List<EntryChanged> take(EntryEntity entry, LifeStep step) {
        List<EntryChanged> changes = new ArrayList<>();
        // Migrated from data that was changed meanwhile: what was saved stands, and is migrated in its turn.
        boolean stale =
                step.migrated() != null && !step.held().entry().modifiedAt().equals(entry.modifiedAt);
        if (step.migrated() != null && !stale) {
            sealing.seal(entry, step.migrated().data(), step.migrated().options());
            entry.version = step.migrated().version();
            entry.minorVersion = step.migrated().minorVersion();
            entry.modifiedAt = clock.instant();
            changes.add(changed(Kind.UPDATED, entry, List.of("version")));
        }
        Life after = afterReport(step, entry.life(), step.change().apply(entry.life()));
        changes.addAll(become(entry, entry.atRest() ? after.dueAt(null) : after));
        if (step.reloadedBy() != null) {
            changes.add(
                    new EntryChanged(Kind.RELOADED, entry.summary(), List.of(), step.reloadedBy(), clock.instant()));
        }
        if (step.answersReload() && entry.reloadWanted == step.held().reloadNumber()) {
            entry.reloadWanted = 0;
            entry.reloadFlowId = null;
        }
        if (step.last()) {
            entry.hold = null;
            if ((entry.reloadWanted > 0 || stale) && !entry.atRest()) {
                entry.dueAt = clock.instant();
                news.due(entry.id);
            }
        }
        return changes;
    }

    /**
     * Credentials that were reported while they were being tested may have been refused after that test: when it found them good, they
     * are tested again. Otherwise they are known to be bad, or the entry waits for its next try.
     */
    private Life afterReport(LifeStep step, Life before, Life after) {
        boolean reported = before.suspect() && !step.held().life().suspect();
        if (!step.last() || !reported || after.state() != EntryState.LOADED) {
            return after;
        }
        news.due(step.entryId());
        return new Life(after.state(), after.reason(), after.tries(), before.dueAt(), before.refusedSince(), true);
    }

    private List<EntryChanged> become(EntryEntity entry, Life after) {
        Life before = entry.life();
        entry.life(after);
        entry.reason = EntryLimits.reason(after.reason());
        List<EntryChanged> changes = new ArrayList<>();
        if (before.state() != after.state() || !Objects.equals(before.reason(), entry.reason)) {
            changes.add(changed(Kind.STATE_CHANGED, entry, List.of()));
        }
        if ((before.refusedSince() == null) != (after.refusedSince() == null)) {
            Kind kind = before.refusedSince() == null ? Kind.REAUTH_REQUIRED : Kind.REAUTH_DONE;
            changes.add(changed(kind, entry, List.of()));
        }
        return changes;
    }

    private EntryChanged changed(Kind kind, EntryEntity entry, List<String> fields) {
        return new EntryChanged(kind, entry.summary(), fields, Origin.SERVICE, clock.instant());
    }
}
