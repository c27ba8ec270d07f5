package dev.latchkey.flow.entry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What shall be different about an entry. Whatever is null stays as it is.
 *
 * @param data replaces the data
 * @param dataUpdates merged into the data; not together with {@code data}
 * @param options replaces the options
 * @param flowId the flow that changes it, for the history
 */
public record EntryUpdate(
        String title,
        String uniqueId,
        Map<String, Object> data,
        Map<String, Object> dataUpdates,
        Map<String, Object> options,
        Boolean newEntitiesDisabled,
        Boolean pollingDisabled,
        String flowId) {

    private static final EntryUpdate NOTHING = new EntryUpdate(null, null, null, null, null, null, null, null);

    public EntryUpdate {
        if (data != null && dataUpdates != null) {
            throw new IllegalArgumentException("data is either replaced or merged");
        }
        data = copy(data);
        dataUpdates = copy(dataUpdates);
        options = copy(options);
    }

    /** Returns an update that changes nothing, to be extended. */
    public static EntryUpdate nothing() {
        return NOTHING;
    }

    public EntryUpdate withTitle(String to) {
        return new EntryUpdate(to, uniqueId, data, dataUpdates, options, newEntitiesDisabled, pollingDisabled, flowId);
    }

    public EntryUpdate withUniqueId(String to) {
        return new EntryUpdate(title, to, data, dataUpdates, options, newEntitiesDisabled, pollingDisabled, flowId);
    }

    /** Replaces the data. */
    public EntryUpdate withData(Map<String, Object> to) {
        return new EntryUpdate(title, uniqueId, to, dataUpdates, options, newEntitiesDisabled, pollingDisabled, flowId);
    }

    /** Merges into the data. */
    public EntryUpdate withDataUpdates(Map<String, Object> changes) {
        return new EntryUpdate(title, uniqueId, data, changes, options, newEntitiesDisabled, pollingDisabled, flowId);
    }

    /** Replaces the options. */
    public EntryUpdate withOptions(Map<String, Object> to) {
        return new EntryUpdate(title, uniqueId, data, dataUpdates, to, newEntitiesDisabled, pollingDisabled, flowId);
    }

    public EntryUpdate withNewEntitiesDisabled(Boolean to) {
        return new EntryUpdate(title, uniqueId, data, dataUpdates, options, to, pollingDisabled, flowId);
    }

    public EntryUpdate withPollingDisabled(Boolean to) {
        return new EntryUpdate(title, uniqueId, data, dataUpdates, options, newEntitiesDisabled, to, flowId);
    }

    public EntryUpdate byFlow(String id) {
        return new EntryUpdate(title, uniqueId, data, dataUpdates, options, newEntitiesDisabled, pollingDisabled, id);
    }

    private static Map<String, Object> copy(Map<String, Object> map) {
        return map == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** Returns a description without any value. */
    @Override
    public String toString() {
        return "EntryUpdate[by " + flowId + "]";
    }
}
