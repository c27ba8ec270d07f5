package dev.latchkey.flow.entry;

import dev.latchkey.flow.configflow.EntryData;
import java.util.function.UnaryOperator;

/**
 * A step in the life of a held entry.
 *
 * @param change from the life as it is to what it becomes; pure
 * @param last whether the hold ends with it
 * @param answersReload whether the wish for a reload that the hold began with is answered by it, fulfilled or not
 * @param reloadedBy who wanted the reload that is complete with it; null when none is
 * @param migrated data of a new version to be stored with it; null for none
 */
public record LifeStep(
        Held held,
        UnaryOperator<Life> change,
        boolean last,
        boolean answersReload,
        Origin reloadedBy,
        EntryData migrated) {

    /** Returns a step after which the work goes on. */
    public static LifeStep on(Held held, UnaryOperator<Life> change) {
        return new LifeStep(held, change, false, false, null, null);
    }

    /** Returns the step that ends the work. */
    public static LifeStep end(Held held, UnaryOperator<Life> change) {
        return new LifeStep(held, change, true, false, null, null);
    }

    /** Returns the same step, after which nobody waits for a reload any more. */
    public LifeStep answeringReload() {
        return new LifeStep(held, change, last, true, null, migrated);
    }

    /** Returns the same step, with which a reload is complete. */
    public LifeStep asReload(Origin by) {
        return new LifeStep(held, change, last, true, by, migrated);
    }

    /** Returns the same step, with which migrated data is stored. */
    public LifeStep withMigrated(EntryData data) {
        return new LifeStep(held, change, last, answersReload, reloadedBy, data);
    }

    String entryId() {
        return held.entryId();
    }
}
