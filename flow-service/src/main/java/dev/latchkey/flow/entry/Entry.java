package dev.latchkey.flow.entry;

import dev.latchkey.flow.configflow.EntryData;
import java.time.Instant;

/**
 * One configured connection.
 *
 * @param data what its integration gets; holds secrets
 * @param summary everything else
 */
public record Entry(EntryData data, EntrySummary summary) {

    /** The source of an entry that is there only so that its device is not offered again. Never set up. */
    public static final String IGNORED = "ignore";

    public String entryId() {
        return summary.entryId();
    }

    public String domain() {
        return summary.domain();
    }

    public String title() {
        return summary.title();
    }

    /** Returns the account or device it is connected to; null when that has no name of its own. */
    public String uniqueId() {
        return summary.uniqueId();
    }

    public String source() {
        return summary.source();
    }

    public EntryState state() {
        return summary.state();
    }

    /** Returns why it is in its state; null when the state says it all. */
    public String reason() {
        return summary.reason();
    }

    /** Returns {@code user}; null when it is not disabled. */
    public String disabledBy() {
        return summary.disabledBy();
    }

    public boolean newEntitiesDisabled() {
        return summary.newEntitiesDisabled();
    }

    public boolean pollingDisabled() {
        return summary.pollingDisabled();
    }

    public Instant createdAt() {
        return summary.createdAt();
    }

    public Instant modifiedAt() {
        return summary.modifiedAt();
    }

    public boolean ignored() {
        return IGNORED.equals(summary.source());
    }

    /** Returns a description without its data. */
    @Override
    public String toString() {
        return "Entry[" + entryId() + " of " + domain() + ", " + state().wireName() + "]";
    }
}
