package dev.latchkey.flow.entry;

import dev.latchkey.flow.entry.EntryChanged.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.List;

/** Tells the rest of the service what happened to entries. */
@ApplicationScoped
class EntryNews {

    private final Event<EntriesChanged> changed;
    private final Event<EntryRemoved> removed;
    private final Event<EntryWorksAgain> worksAgain;
    private final Event<WorkDue> due;
    private final Origins origins;
    private final Clock clock;

    EntryNews(
            Event<EntriesChanged> changed,
            Event<EntryRemoved> removed,
            Event<EntryWorksAgain> worksAgain,
            Event<WorkDue> due,
            Origins origins,
            Clock clock) {
        this.changed = changed;
        this.removed = removed;
        this.worksAgain = worksAgain;
        this.due = due;
        this.origins = origins;
        this.clock = clock;
    }

    /** Tells of one change that the current request makes, or the service itself when there is none. */
    void tell(Kind kind, EntrySummary entry, List<String> fields, String flowId) {
        tell(List.of(new EntryChanged(kind, entry, fields, origins.current().through(flowId), clock.instant())));
    }

    /** Tells of changes; does nothing when there are none. */
    void tell(List<EntryChanged> changes) {
        if (changes.isEmpty()) {
            return;
        }
        changed.fire(new EntriesChanged(changes));
        for (EntryChanged change : changes) {
            if (change.kind() == Kind.REMOVED) {
                removed.fire(new EntryRemoved(change.entry().entryId()));
            } else if (change.kind() == Kind.REAUTH_DONE) {
                worksAgain.fire(new EntryWorksAgain(change.entry().entryId()));
            }
        }
    }

    /** Tells whoever does the work that an entry is due now. */
    void due(String entryId) {
        due.fire(new WorkDue(entryId));
    }
}
