package dev.latchkey.flow.entry;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * Writes entries with exactly the keys of {@code spec/flows.md} 4.1. By hand, because lists of ten thousand are written: what is the same in
 * many entries is encoded once and written in one piece. Times are seconds since 1970 with microseconds.
 */
class EntryJsonWriter extends StdSerializer<EntryJson> {

    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MILLION = 1_000_000;

    private static final SerializableString ENTRY_ID = new SerializedString("entry_id");
    private static final SerializableString DOMAIN = new SerializedString("domain");
    private static final SerializableString TITLE = new SerializedString("title");
    private static final SerializableString SOURCE = new SerializedString("source");
    private static final SerializableString STATE = new SerializedString("state");
    private static final SerializableString REASON = new SerializedString("reason");
    private static final SerializableString DISABLED_BY = new SerializedString("disabled_by");
    private static final SerializableString CREATED_AT = new SerializedString("created_at");
    private static final SerializableString MODIFIED_AT = new SerializedString("modified_at");

    /** What follows the reason, by what an integration and an entry allow, of which each is a bit. */
    private static final SerializableString[] FLAGS =
            IntStream.range(0, 1 << 5).mapToObj(EntryJsonWriter::flags).toArray(SerializableString[]::new);

    EntryJsonWriter() {
        super(EntryJson.class);
    }

    private static SerializableString flags(int bits) {
        return new SerializedString(
                """
                ,"error_reason_translation_key":null\
                ,"error_reason_translation_placeholders":null\
                ,"supports_options":%b\
                ,"supports_remove_device":false\
                ,"supports_unload":%b\
                ,"supports_reconfigure":%b\
                ,"supported_subentry_types":{}\
                ,"num_subentries":0\
                ,"pref_disable_new_entities":%b\
                ,"pref_disable_polling":%b""".formatted((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0));
    }

    private static SerializableString flags(EntryJson view) {
        EntrySummary entry = view.entry();
        return FLAGS[
                (view.supportsOptions() ? 1 : 0)
                        | (view.supportsUnload() ? 2 : 0)
                        | (view.supportsReconfigure() ? 4 : 0)
                        | (entry.newEntitiesDisabled() ? 8 : 0)
                        | (entry.pollingDisabled() ? 16 : 0)];
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
        json.writeRaw(flags(view));
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

    /** Seconds, and all six digits of the microseconds. */
    private static void time(JsonGenerator json, SerializableString name, Instant value) throws IOException {
        json.writeFieldName(name);
        String micros =
                Integer.toString(MILLION + value.getNano() / NANOS_PER_MICRO).substring(1);
        json.writeNumber(value.getEpochSecond() + "." + micros);
    }
}
