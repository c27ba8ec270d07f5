package dev.latchkey.auth.entry;

import java.time.Instant;
import java.util.UUID;

/** Entries and flows as flow-service writes them. */
final class Entries {

    static final String LIST = "/api/config/config_entries/entry";
    static final String FLOWS = "/api/config/config_entries/flow";

    private Entries() {}

    static String id() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    static String entry(String id, String state) {
        return entry(id, state, "1700000000.123456");
    }

    /** An entry that was just made. */
    static String fresh(String id, String state) {
        return entry(id, state, Instant.now().getEpochSecond() + ".000000");
    }

    private static String entry(String id, String state, String createdAt) {
        return """
                {"entry_id":"%s","domain":"demo","title":"Ü \\"quoted\\"","source":"user","state":"%s","reason":null,\
                "error_reason_translation_key":null,"error_reason_translation_placeholders":null,"supports_options":false,\
                "supports_remove_device":false,"supports_unload":true,"supports_reconfigure":true,\
                "supported_subentry_types":{},"num_subentries":0,"pref_disable_new_entities":false,\
                "pref_disable_polling":false,"disabled_by":null,"created_at":%s,"modified_at":%s}""".formatted(id, state, createdAt, createdAt);
    }

    static String flow(String id, String source) {
        return "{\"flow_id\":\"%s\",\"handler\":\"demo\",\"context\":{\"source\":\"%s\"},\"step_id\":\"confirm\"}"
                .formatted(id, source);
    }
}
