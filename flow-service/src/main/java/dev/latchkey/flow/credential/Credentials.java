package dev.latchkey.flow.credential;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What a worker needs to do what an entry is for.
 *
 * @param uniqueId of the account or device; null when it has none
 * @param data with secrets in the clear
 * @param options with secrets in the clear
 */
record Credentials(
        @JsonProperty("entry_id") String entryId,
        String domain,
        @JsonProperty("unique_id") String uniqueId,
        int version,
        @JsonProperty("minor_version") int minorVersion,
        Map<String, Object> data,
        Map<String, Object> options) {

    /** Returns a description without values. */
    @Override
    public String toString() {
        return "Credentials[" + entryId + "]";
    }
}
