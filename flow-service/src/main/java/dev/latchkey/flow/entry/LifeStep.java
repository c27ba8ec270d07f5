package dev.latchkey.flow.entry;

import dev.latchkey.flow.configflow.EntryData;
import java.util.function.UnaryOperator;

/**
 * A step in the life of a held entry.
 *
 * @param change from the life as it is to what it becomes; pure
 * @param last whether the hold ends with it
 * @param reloaded whether a reload is complete with it
 * @param migrated data of a new version to be stored with it; null for none
 */
public record LifeStep(
        String entryId, String hold, UnaryOperator<Life> change, boolean last, boolean reloaded, EntryData migrated) {

    /** Returns a step after which the work goes on. */
    public static LifeStep on(Held held, UnaryOperator<Life> change) {
        return new LifeStep(held.entryId(), held.hold(), change, false, false, null);
    }

    /** Returns the step that ends the work. */
    public static LifeStep end(Held held, UnaryOperator<Life> change) {
        return new LifeStep(held.entryId(), held.hold(), change, true, false, null);
    }

    /** Returns the same step, with which a reload is complete. */
    public LifeStep asReload(boolean complete) {
        return new LifeStep(entryId, hold, change, last, complete, migrated);
    }

    /** Returns the same step, with which migrated data is stored. */
    public LifeStep withMigrated(EntryData data) {
        return new LifeStep(entryId, hold, change, last, reloaded, data);
    }
}
