package dev.latchkey.flow.entry;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Writes entries with exactly the keys of {@code spec/flows.md} 4.1. By hand, because lists of ten thousand are written: names are encoded once,
 * and nothing is looked up for each value. Times are seconds since 1970 with microseconds.
 */
class EntryJsonWriter extends StdSerializer<EntryJson> {

    private static final int MICROS = 6;

    private static final SerializableString ENTRY_ID = new SerializedString("entry_id");
    private static final SerializableString DOMAIN = new SerializedString("domain");
    private static final SerializableString TITLE = new SerializedString("title");
    private static final SerializableString SOURCE = new SerializedString("source");
    private static final SerializableString STATE = new SerializedString("state");
    private static final SerializableString REASON = new SerializedString("reason");
    private static final SerializableString REASON_KEY = new SerializedString("error_reason_translation_key");
    private static final SerializableString REASON_PLACEHOLDERS =
            new SerializedString("error_reason_translation_placeholders");
    private static final SerializableString SUPPORTS_OPTIONS = new SerializedString("supports_options");
    private static final SerializableString SUPPORTS_REMOVE_DEVICE = new SerializedString("supports_remove_device");
    private static final SerializableString SUPPORTS_UNLOAD = new SerializedString("supports_unload");
    private static final SerializableString SUPPORTS_RECONFIGURE = new SerializedString("supports_reconfigure");
    private static final SerializableString SUBENTRY_TYPES = new SerializedString("supported_subentry_types");
    private static final SerializableString SUBENTRIES = new SerializedString("num_subentries");
    private static final SerializableString NO_NEW_ENTITIES = new SerializedString("pref_disable_new_entities");
    private static final SerializableString NO_POLLING = new SerializedString("pref_disable_polling");
    private static final SerializableString DISABLED_BY = new SerializedString("disabled_by");
    private static final SerializableString CREATED_AT = new SerializedString("created_at");
    private static final SerializableString MODIFIED_AT = new SerializedString("modified_at");

    EntryJsonWriter() {
        super(EntryJson.class);
    }

    @Override
    public void serialize(EntryJson view, JsonGenerator json, SerializerProvider provider) throws IOException {
        EntrySummary entry = view.entry();
        json.writeStartObject();
        text(json, ENTRY_ID, entry.entryId());
        text(json, DOMAIN, entry.domain());
        text(json, TITLE, entry.title());
        text(json, SOURCE, entry.source());
        text(json, STATE, entry.state().wireName());
        text(json, REASON, entry.reason());
        text(json, REASON_KEY, null);
        text(json, REASON_PLACEHOLDERS, null);
        flag(json, SUPPORTS_OPTIONS, view.supportsOptions());
        flag(json, SUPPORTS_REMOVE_DEVICE, false);
        flag(json, SUPPORTS_UNLOAD, view.supportsUnload());
        flag(json, SUPPORTS_RECONFIGURE, view.supportsReconfigure());
        json.writeFieldName(SUBENTRY_TYPES);
        json.writeStartObject();
        json.writeEndObject();
        json.writeFieldName(SUBENTRIES);
        json.writeNumber(0);
        flag(json, NO_NEW_ENTITIES, entry.newEntitiesDisabled());
        flag(json, NO_POLLING, entry.pollingDisabled());
        text(json, DISABLED_BY, entry.disabledBy());
        time(json, CREATED_AT, entry.createdAt());
        time(json, MODIFIED_AT, entry.modifiedAt());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, SerializableString name, String value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }

    private static void flag(JsonGenerator json, SerializableString name, boolean value) throws IOException {
        json.writeFieldName(name);
        json.writeBoolean(value);
    }

    private static void time(JsonGenerator json, SerializableString name, Instant value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, value), MICROS));
    }
}
