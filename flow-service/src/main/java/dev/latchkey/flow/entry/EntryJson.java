package dev.latchkey.flow.entry;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.util.Map;

/**
 * An entry as clients see it: these keys and no others (flows.md 4.1, decision F14). Times are seconds since 1970 with
 * microseconds.
 */
@JsonPropertyOrder({
    "entry_id",
    "domain",
    "title",
    "source",
    "state",
    "reason",
    "error_reason_translation_key",
    "error_reason_translation_placeholders",
    "supports_options",
    "supports_remove_device",
    "supports_unload",
    "supports_reconfigure",
    "supported_subentry_types",
    "num_subentries",
    "pref_disable_new_entities",
    "pref_disable_polling",
    "disabled_by",
    "created_at",
    "modified_at"
})
public record EntryJson(
        @JsonProperty("entry_id") String entryId,
        String domain,
        String title,
        String source,
        EntryState state,
        String reason,
        @JsonProperty("error_reason_translation_key") String errorReasonTranslationKey,

        @JsonProperty("error_reason_translation_placeholders")
        Map<String, String> errorReasonTranslationPlaceholders,

        @JsonProperty("supports_options") boolean supportsOptions,
        @JsonProperty("supports_remove_device") boolean supportsRemoveDevice,
        @JsonProperty("supports_unload") boolean supportsUnload,
        @JsonProperty("supports_reconfigure") boolean supportsReconfigure,
        @JsonProperty("supported_subentry_types") Map<String, Object> supportedSubentryTypes,
        @JsonProperty("num_subentries") int numSubentries,
        @JsonProperty("pref_disable_new_entities") boolean newEntitiesDisabled,
        @JsonProperty("pref_disable_polling") boolean pollingDisabled,
        @JsonProperty("disabled_by") String disabledBy,
        @JsonProperty("created_at") BigDecimal createdAt,
        @JsonProperty("modified_at") BigDecimal modifiedAt) {}
