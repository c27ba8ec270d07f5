package dev.latchkey.flow.entry;

import java.time.Instant;
import java.util.List;

/**
 * One thing that happened to an entry.
 *
 * @param entry as it is afterwards; as it was, when it is removed
 * @param fields names of what is different, such as {@code title} and {@code data.host}; never a value
 */
public record EntryChanged(Kind kind, EntrySummary entry, List<String> fields, Origin origin, Instant at) {

    public EntryChanged {
        fields = List.copyOf(fields);
    }

    /** What can happen to an entry. */
    public enum Kind {
        CREATED,
        UPDATED,
        STATE_CHANGED,
        RELOADED,
        REAUTH_REQUIRED,
        REAUTH_DONE,
        REMOVED
    }
}
