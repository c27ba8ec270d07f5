package dev.latchkey.flow.form;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes values with the secrets in them, to be encrypted and stored, and reads them back: {@code {"$secret": "…"}} is a {@link
 * Secret}. What it writes never goes to a client, a log or an event.
 */
public final class DataJson {

    private static final String MARK = "$secret";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(new SecretWriter())
                    .addDeserializer(Object.class, new ValueReader()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private DataJson() {}

    /** Returns the JSON of a value made of maps, lists, texts, numbers, truth values, nulls, secrets and records. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a value cannot be stored: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Returns the map that was written; whole numbers come back as {@code Long}, others as {@code Double}.
     *
     * @throws IllegalArgumentException when the text is not the JSON of a map; the message does not repeat it
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> readMap(String json) {
        return (Map<String, Object>) read(json, Map.class);
    }

    /**
     * Returns the value of a type that was written.
     *
     * @throws IllegalArgumentException when the text is not the JSON of one; the message does not repeat it
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            return type == Map.class ? type.cast(value(MAPPER.readTree(json), true)) : MAPPER.readValue(json, type);
        } catch (JsonProcessingException | ClassCastException e) {
            throw new IllegalArgumentException("a stored value cannot be read", e);
        }
    }

    /**
     * Returns what JSON from outside is in Java: maps in order, lists, {@code Long}, {@code Double}, texts, truth values, null.
     * There are no secrets in it: fields make them.
     */
    public static Object plain(JsonNode node) {
        return value(node, false);
    }

    private static Object value(JsonNode node, boolean withSecrets) {
        if (node.isObject()) {
            if (withSecrets && node.size() == 1 && node.path(MARK).isTextual()) {
                return Secret.of(node.get(MARK).textValue());
            }
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue(), withSecrets)));
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>(node.size());
            node.forEach(item -> list.add(value(item, withSecrets)));
            return list;
        }
        if (node.isNumber()) {
            return node.canConvertToLong() && node.isIntegralNumber()
                    ? (Object) node.longValue()
                    : (Object) node.doubleValue();
        }
        return node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }

    private static final class SecretWriter extends StdSerializer<Secret> {

        private SecretWriter() {
            super(Secret.class);
        }

        @Override
        public void serialize(Secret secret, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            json.writeStringField(MARK, secret.reveal());
            json.writeEndObject();
        }
    }

    private static final class ValueReader extends StdDeserializer<Object> {

        private ValueReader() {
            super(Object.class);
        }

        @Override
        public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return value(json.readValueAsTree(), true);
        }
    }
}
