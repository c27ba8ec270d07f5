package dev.latchkey.flow.entry;

import dev.latchkey.flow.entry.EntryChanged.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** What administrators do to entries that flows do not. What has to be taken down or set up with it is up to package {@code setup}. */
@ApplicationScoped
public class EntryAdministration {

    private final EntryRepository entries;
    private final EntryNews news;
    private final Event<EntryDisabled> disabled;
    private final Clock clock;

    EntryAdministration(EntryRepository entries, EntryNews news, Event<EntryDisabled> disabled, Clock clock) {
        this.entries = entries;
        this.news = news;
        this.disabled = disabled;
        this.clock = clock;
    }

    /**
     * Disables an entry or enables it again.
     *
     * @param by {@code user}; null to enable
     * @return whether that was a change
     * @throws UnknownEntryException when there is none
     */
    @Transactional
    public boolean disable(String entryId, String by) {
        EntryEntity entry = entries.lock(entryId);
        if (Objects.equals(entry.disabledBy, by)) {
            return false;
        }
        entry.disabledBy = by;
        entry.modifiedAt = clock.instant();
        if (by == null && !entry.atRest()) {
            entry.dueAt = clock.instant();
            news.due(entryId);
        } else {
            entry.dueAt = null;
            entry.reloadWanted = 0;
        }
        if (by != null) {
            disabled.fire(new EntryDisabled(entryId));
        }
        news.tell(Kind.UPDATED, entry.summary(), List.of("disabled_by"), null);
        return true;
    }

    /**
     * Removes an entry.
     *
     * @return false when the hold was lost; nothing is removed then
     */
    @Transactional
    public boolean remove(Held held) {
        EntryEntity entry;
        try {
            entry = entries.lock(held.entryId());
        } catch (UnknownEntryException e) {
            return false;
        }
        if (!held.hold().equals(entry.hold)) {
            return false;
        }
        news.tell(Kind.REMOVED, entry.summary(), List.of(), null);
        entries.delete(entry);
        return true;
    }
}
