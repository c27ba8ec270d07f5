package dev.latchkey.flow.entry;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.entry.EntryChanged.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules by which entries come and change. */
@ApplicationScoped
class EntryService implements Entries {

    /** Credentials that somebody reports are not tested more often than this, or the remote locks the account. */
    private static final Duration REPORTS_TESTED_EVERY = Duration.ofMinutes(1);

    private final EntryRepository entries;
    private final EntrySealing sealing;
    private final EntryNews news;
    private final Clock clock;

    EntryService(EntryRepository entries, EntrySealing sealing, EntryNews news, Clock clock) {
        this.entries = entries;
        this.sealing = sealing;
        this.news = news;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Optional<Entry> find(String entryId) {
        return entries.tryFind(entryId).map(this::entry);
    }

    @Override
    @Transactional
    public Optional<Entry> findByUniqueId(String domain, String uniqueId) {
        return entries.findByUniqueId(domain, uniqueId).map(this::entry);
    }

    @Override
    @Transactional
    public List<Entry> ofDomain(String domain) {
        return entries.ofDomain(domain).stream().map(this::entry).toList();
    }

    @Override
    @Transactional
    public boolean anyOfDomain(String domain) {
        return entries.find("domain = ?1 and source <> ?2", domain, Entry.IGNORED)
                .firstResultOptional()
                .isPresent();
    }

    @Override
    @Transactional
    public boolean isRefused(String entryId) {
        return entries.tryFind(entryId)
                .filter(entry -> entry.refusedSince != null)
                .isPresent();
    }

    @Override
    @Transactional
    public boolean waitsForCredentials(String entryId) {
        return entries.tryFind(entryId)
                .filter(entry -> entry.refusedSince != null && entry.reloadWanted == 0 && !entry.atRest())
                .isPresent();
    }

    @Override
    @Transactional(dontRollbackOn = UniqueIdTakenException.class)
    public Entry create(NewEntry wanted) {
        Instant now = now();
        EntryEntity entry = new EntryEntity();
        entry.id = UlidCreator.getUlid().toString();
        entry.domain = wanted.domain();
        entry.uniqueId = EntryLimits.uniqueId(wanted.uniqueId());
        entry.title = EntryLimits.title(wanted.title());
        entry.source = wanted.source();
        entry.version = wanted.version();
        entry.minorVersion = wanted.minorVersion();
        entry.createdAt = now;
        entry.modifiedAt = now;
        entry.life(Life.waiting(entry.atRest() ? null : now, null));
        sealing.seal(entry, wanted.data(), wanted.options());
        if (!entries.insert(entry)) {
            throw new UniqueIdTakenException(entries.findByUniqueId(wanted.domain(), wanted.uniqueId())
                    .map(other -> other.id)
                    .orElse(null));
        }
        news.tell(Kind.CREATED, entry.summary(), List.of(), wanted.flowId());
        news.due(entry.id);
        return entry(entry);
    }

    @Override
    @Transactional(dontRollbackOn = {UnknownEntryException.class, UniqueIdTakenException.class})
    public boolean update(String entryId, EntryUpdate update) {
        EntryEntity entry = entries.lock(entryId);
        List<String> fields = new ArrayList<>();
        if (update.uniqueId() != null && !update.uniqueId().equals(entry.uniqueId)) {
            entries.findByUniqueId(entry.domain, update.uniqueId()).ifPresent(other -> {
                throw new UniqueIdTakenException(other.id);
            });
            entry.uniqueId = EntryLimits.uniqueId(update.uniqueId());
            fields.add("unique_id");
        }
        if (update.title() != null && !update.title().equals(entry.title)) {
            entry.title = EntryLimits.title(update.title());
            fields.add("title");
        }
        if (update.newEntitiesDisabled() != null && update.newEntitiesDisabled() != entry.newEntitiesDisabled) {
            entry.newEntitiesDisabled = update.newEntitiesDisabled();
            fields.add("pref_disable_new_entities");
        }
        if (update.pollingDisabled() != null && update.pollingDisabled() != entry.pollingDisabled) {
            entry.pollingDisabled = update.pollingDisabled();
            fields.add("pref_disable_polling");
        }
        fields.addAll(updateContent(entry, update));
        if (fields.isEmpty()) {
            return false;
        }
        entry.modifiedAt = now();
        news.tell(Kind.UPDATED, entry.summary(), fields, update.flowId());
        return true;
    }

    private List<String> updateContent(EntryEntity entry, EntryUpdate update) {
        if (update.data() == null && update.dataUpdates() == null && update.options() == null) {
            return List.of();
        }
        EntryData before = sealing.open(entry);
        Map<String, Object> data = EntryDifference.dataAfter(before.data(), update);
        Map<String, Object> options = update.options() == null ? before.options() : update.options();
        List<String> fields = new ArrayList<>(EntryDifference.between("data", before.data(), data));
        fields.addAll(EntryDifference.between("options", before.options(), options));
        if (!fields.isEmpty()) {
            sealing.seal(entry, data, options);
        }
        return fields;
    }

    @Override
    @Transactional
    public void scheduleReload(String entryId, String flowId) {
        entries.tryLock(entryId).filter(entry -> !entry.atRest()).ifPresent(entry -> {
            entry.reloadWanted++;
            entry.reloadFlowId = flowId;
            entry.dueAt = now();
            news.due(entryId);
        });
    }

    @Override
    @Transactional(dontRollbackOn = UnknownEntryException.class)
    public void reportRefused(String entryId, String reason) {
        EntryEntity entry = entries.lock(entryId);
        if (entry.atRest()) {
            return;
        }
        if (entry.refusedSince == null) {
            entry.refusedSince = now();
            news.tell(Kind.REAUTH_REQUIRED, entry.summary(), List.of(), null);
        }
        if (!entry.suspect && testedBecauseOfReports(entry)) {
            entry.suspect = true;
            entry.reportTestedAt = nextTestOfReport(entry);
            // The time of one that is worked on is that of the work.
            boolean sooner = entry.hold != null || entry.dueAt == null || entry.dueAt.isAfter(entry.reportTestedAt);
            entry.dueAt = sooner ? entry.reportTestedAt : entry.dueAt;
            news.due(entryId);
        }
    }

    /** Others are tested when their time has come, or wait for new credentials. */
    private static boolean testedBecauseOfReports(EntryEntity entry) {
        EntryState state = EntryState.of(entry.state);
        return state == EntryState.LOADED || state == EntryState.SETUP_IN_PROGRESS;
    }

    private Instant nextTestOfReport(EntryEntity entry) {
        Instant now = now();
        Instant next = entry.reportTestedAt == null ? now : entry.reportTestedAt.plus(REPORTS_TESTED_EVERY);
        return next.isAfter(now) ? next : now;
    }

    private Entry entry(EntryEntity entity) {
        return new Entry(sealing.open(entity), entity.summary());
    }

    /** As precise as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
