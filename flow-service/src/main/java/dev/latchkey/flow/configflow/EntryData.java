package dev.latchkey.flow.configflow;

import dev.latchkey.flow.form.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an integration knows of an entry.
 *
 * @param uniqueId of the account or device within the domain; null when it has none
 * @param data what it needs to connect; secret fields are {@link Secret}s
 * @param options everything else that a person can set; secret fields are {@link Secret}s
 */
public record EntryData(
        String entryId,
        String domain,
        String title,
        String uniqueId,
        Map<String, Object> data,
        Map<String, Object> options,
        int version,
        int minorVersion) {

    public EntryData {
        // Values may be null, which Map.copyOf refuses; the order is that of the form.
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Returns the text of a field of the data; null when it has none. */
    public String text(String field) {
        return data.get(field) instanceof String text ? text : null;
    }

    /** Returns the secret of a field of the data; null when it has none. */
    public Secret secret(String field) {
        return data.get(field) instanceof Secret secret ? secret : null;
    }

    /** Returns a description without values. */
    @Override
    public String toString() {
        return "EntryData[" + domain + " " + entryId + "]";
    }
}
