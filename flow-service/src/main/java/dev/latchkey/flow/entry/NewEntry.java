package dev.latchkey.flow.entry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An entry that a flow wants to add.
 *
 * @param uniqueId null when the account or device has no name of its own
 * @param source of the flow, such as {@code user}
 * @param data connection data; values as JSON has them
 * @param options everything else; values as JSON has them
 * @param flowId the flow that adds it, for the history; null when none does
 */
public record NewEntry(
        String domain,
        String title,
        String uniqueId,
        String source,
        Map<String, Object> data,
        Map<String, Object> options,
        int version,
        int minorVersion,
        String flowId) {

    public NewEntry {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Returns a description without its data. */
    @Override
    public String toString() {
        return "NewEntry[" + domain + "]";
    }
}
