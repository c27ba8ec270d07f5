package dev.latchkey.flow.configflow;

import java.util.Map;

/**
 * A change of an entry with which a flow ends; null leaves a part as it is.
 *
 * @param data replaces all of the data
 * @param dataUpdates is merged into the data; not together with {@code data}
 * @param options replaces all of the options
 * @param reload when the entry is set up again
 */
public record EntryChange(
        String entryId,
        String title,
        String uniqueId,
        Map<String, Object> data,
        Map<String, Object> dataUpdates,
        Map<String, Object> options,
        Reload reload) {

    /** When an entry is set up again after a change. */
    public enum Reload {
        NEVER,
        /** If the change changed anything. */
        IF_CHANGED,
        /** If the change changed anything and the entry is loaded or waits for its next try. */
        IF_CHANGED_AND_ACTIVE,
        ALWAYS
    }

    public EntryChange {
        if (data != null && dataUpdates != null) {
            throw new IllegalArgumentException("data is either replaced or merged");
        }
    }

    /** Returns the change that changes nothing and reloads. */
    public static EntryChange of(String entryId) {
        return new EntryChange(entryId, null, null, null, null, null, Reload.ALWAYS);
    }

    public EntryChange withTitle(String newTitle) {
        return new EntryChange(entryId, newTitle, uniqueId, data, dataUpdates, options, reload);
    }

    public EntryChange withUniqueId(String newId) {
        return new EntryChange(entryId, title, newId, data, dataUpdates, options, reload);
    }

    /** Replaces all of the data. */
    public EntryChange withData(Map<String, Object> newData) {
        return new EntryChange(entryId, title, uniqueId, newData, dataUpdates, options, reload);
    }

    /** Merges values into the data. */
    public EntryChange withDataUpdates(Map<String, Object> updates) {
        return new EntryChange(entryId, title, uniqueId, data, updates, options, reload);
    }

    /** Replaces all of the options. */
    public EntryChange withOptions(Map<String, Object> newOptions) {
        return new EntryChange(entryId, title, uniqueId, data, dataUpdates, newOptions, reload);
    }

    public EntryChange withReload(Reload when) {
        return new EntryChange(entryId, title, uniqueId, data, dataUpdates, options, when);
    }

    /** Returns a description without values. */
    @Override
    public String toString() {
        return "EntryChange[" + entryId + "]";
    }
}
