package dev.latchkey.platform.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * The form of a JSON object: which keys it must and may have and of which kind their values are. The sentences about what is
 * wrong are those that existing clients know ({@code spec/auth.md} 1.0).
 */
public final class MessageSchema {

    private static final int LONGEST_KEY_SHOWN = 64;

    /** A kind of value. */
    public enum Kind {
        STRING("str", Kind::isText),
        NULLABLE_STRING("str", value -> isText(value) || value.isNull()),
        INTEGER("int", value -> value.isIntegralNumber() && value.canConvertToInt()),
        LONG("int", value -> value.isIntegralNumber() && value.canConvertToLong()),
        BOOLEAN("bool", JsonNode::isBoolean),
        STRINGS("list", value -> value.isArray() && every(value, Kind::isText)),
        STRING_OR_STRINGS("str", value -> isText(value) || value.isArray() && every(value, Kind::isText)),
        INTEGERS_BY_NAME("dict", value -> value.isObject() && every(value, JsonNode::isIntegralNumber)),
        /** The pair of a provider's type and id; the id may be null. */
        PROVIDER(
                "list",
                value -> value.isArray()
                        && value.size() == 2
                        && isText(value.get(0))
                        && (isText(value.get(1)) || value.get(1).isNull())),
        ANY("value", value -> true);

        private final String name;
        private final Predicate<JsonNode> accepts;

        Kind(String name, Predicate<JsonNode> accepts) {
            this.name = name;
            this.accepts = accepts;
        }

        /** A text that the database keeps as it is: without NUL and without half a surrogate pair. */
        private static boolean isText(JsonNode value) {
            return value.isTextual()
                    && value.textValue()
                            .codePoints()
                            .noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
        }

        private static boolean every(JsonNode container, Predicate<JsonNode> accepts) {
            return StreamSupport.stream(container.spliterator(), false).allMatch(accepts);
        }
    }

    /** A key, and whether it must be there. */
    public record Field(String name, Kind kind, boolean mandatory) {}

    private final Map<String, Field> fields = new LinkedHashMap<>();

    private MessageSchema(Field... fields) {
        Arrays.stream(fields).forEach(field -> this.fields.put(field.name(), field));
    }

    /** Returns the schema of an object with these keys and no others. */
    public static MessageSchema of(Field... fields) {
        return new MessageSchema(fields);
    }

    /** Returns a key that must be there. */
    public static Field required(String name, Kind kind) {
        return new Field(name, kind, true);
    }

    /** Returns a key that may be left out. */
    public static Field optional(String name, Kind kind) {
        return new Field(name, kind, false);
    }

    /**
     * Checks a message.
     *
     * @throws MalformedMessageException when it does not have this form
     */
    public void check(JsonNode message) throws MalformedMessageException {
        if (!message.isObject()) {
            throw new MalformedMessageException("expected a dictionary", null);
        }
        for (Entry<String, JsonNode> entry : message.properties()) {
            Field field = fields.get(entry.getKey());
            if (field == null) {
                throw new MalformedMessageException(
                        "extra keys not allowed @ " + path(entry.getKey()), entry.getValue());
            }
            if (!field.kind().accepts.test(entry.getValue())) {
                throw new MalformedMessageException(
                        "expected " + field.kind().name + " for dictionary value @ " + path(entry.getKey()),
                        entry.getValue());
            }
        }
        for (Field field : fields.values()) {
            if (field.mandatory() && !message.has(field.name())) {
                throw new MalformedMessageException("required key not provided @ " + path(field.name()), null);
            }
        }
    }

    /** Returns the text under a key of a checked message; null when it is missing or null. */
    public static String text(JsonNode message, String name) {
        JsonNode value = message.get(name);
        return value == null || value.isNull() ? null : value.textValue();
    }

    /** Returns the truth value under a key of a checked message, or what to take when it is missing. */
    public static boolean flag(JsonNode message, String name, boolean otherwise) {
        JsonNode value = message.get(name);
        return value == null ? otherwise : value.booleanValue();
    }

    private static String path(String key) {
        String shown = Objects.requireNonNull(key).length() > LONGEST_KEY_SHOWN
                ? key.substring(0, LONGEST_KEY_SHOWN) + "…"
                : key;
        return "data['" + shown + "']";
    }
}
