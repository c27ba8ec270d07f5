package dev.latchkey.flow.entry;

import dev.latchkey.flow.configflow.EntryData;
import java.time.Instant;

/**
 * One configured connection.
 *
 * @param data what its integration gets; holds secrets
 * @param source how it came: {@code user}, {@code ignore}, …
 * @param reason why it is in its state; null when the state says it all
 * @param disabledBy {@code user}; null when it is not disabled
 */
public record Entry(
        EntryData data,
        String source,
        EntryState state,
        String reason,
        String disabledBy,
        boolean newEntitiesDisabled,
        boolean pollingDisabled,
        Instant createdAt,
        Instant modifiedAt) {

    /** The source of an entry that is there only so that its device is not offered again. Never set up. */
    public static final String IGNORED = "ignore";

    public String entryId() {
        return data.entryId();
    }

    public String domain() {
        return data.domain();
    }

    public String title() {
        return data.title();
    }

    /** Returns the account or device it is connected to; null when that has no name of its own. */
    public String uniqueId() {
        return data.uniqueId();
    }

    public boolean ignored() {
        return IGNORED.equals(source);
    }

    /** Returns a description without its data. */
    @Override
    public String toString() {
        return "Entry[" + entryId() + " of " + domain() + ", " + state.wireName() + "]";
    }
}
