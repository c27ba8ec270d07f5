package dev.latchkey.flow.form;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a client lets a person enter a value ({@code spec/flows.md} 2.3). The JSON of one, in both directions, is an object whose
 * only key is the type: {@code {"text": {"type": "password"}}}; read strictly, an unknown key is an error.
 */
@JsonTypeInfo(use = Id.NAME, include = As.WRAPPER_OBJECT)
@JsonSubTypes({
    @Type(value = Selector.Text.class, name = "text"),
    @Type(value = Selector.Number.class, name = "number"),
    @Type(value = Selector.Flag.class, name = "boolean"),
    @Type(value = Selector.Select.class, name = "select"),
    @Type(value = Selector.Period.class, name = "duration")
})
@JsonInclude(Include.NON_NULL)
public sealed interface Selector {

    /** Returns a selector of one line of text. */
    static Text text() {
        return new Text(null, null, null, null, null, null);
    }

    /** Returns a selector of one line of text of a type. */
    static Text text(TextType type) {
        return new Text(null, null, null, null, type, null);
    }

    /** Returns the selector of a secret: what is typed is not shown. */
    static Text password() {
        return text(TextType.PASSWORD);
    }

    /** Returns a selector of numbers; a bound is null when there is none. */
    static Number number(Double min, Double max) {
        return new Number(min, max, null, null, null);
    }

    /** Returns a selector of true and false. */
    static Flag flag() {
        return new Flag();
    }

    /** Returns a selector of one of several texts. */
    static Select select(String... options) {
        return new Select(List.of(options).stream().map(Option::of).toList(), null, null, null, null, null);
    }

    /** Returns a selector of a length of time. */
    static Period duration() {
        return new Period(null, null, null);
    }

    /** What kind of text it is, in the words of HTML's {@code input}. */
    enum TextType {
        COLOR("color"),
        DATE("date"),
        DATETIME_LOCAL("datetime-local"),
        EMAIL("email"),
        MONTH("month"),
        NUMBER("number"),
        PASSWORD("password"),
        SEARCH("search"),
        TEL("tel"),
        TEXT("text"),
        TIME("time"),
        URL("url"),
        WEEK("week");

        private final String id;

        TextType(String id) {
            this.id = id;
        }

        /** Returns the type as it is written. */
        @JsonValue
        public String id() {
            return id;
        }
    }

    /** A text. Its type, prefix, suffix and {@code autocomplete} (as in HTML) are null when not said. */
    record Text(Boolean multiline, Boolean multiple, String prefix, String suffix, TextType type, String autocomplete)
            implements Selector {

        public Text {
            multiline = multiline != null && multiline;
            multiple = multiple != null && multiple;
        }
    }

    /** A number; a step of null is 1, a bound of null is none. */
    record Number(
            Double min,
            Double max,
            Object step,
            Mode mode,
            @JsonProperty("unit_of_measurement") String unitOfMeasurement)
            implements Selector {

        public Number {
            step = step(step);
            if (min != null && max != null && min > max) {
                throw new IllegalArgumentException("min must not be greater than max");
            }
            if (mode == null) {
                mode = min == null || max == null ? Mode.BOX : Mode.SLIDER;
            }
            if (mode == Mode.SLIDER && (min == null || max == null)) {
                throw new IllegalArgumentException("min and max are required in slider mode");
            }
        }

        private static Object step(Object said) {
            if (said == null) {
                return 1L;
            }
            if (said instanceof java.lang.Number number && number.doubleValue() > 0) {
                double value = number.doubleValue();
                return value == Math.rint(value) ? (Object) (long) value : (Object) value;
            }
            if (!"any".equals(said)) {
                throw new IllegalArgumentException("step must be a positive number or \"any\"");
            }
            return said;
        }

        /** How a number is entered. */
        public enum Mode {
            @JsonProperty("box")
            BOX,
            @JsonProperty("slider")
            SLIDER
        }
    }

    /** True or false. */
    record Flag() implements Selector {}

    /** One of several texts, several of them, or a text of one's own. */
    record Select(
            List<Option> options,
            Boolean multiple,
            @JsonProperty("custom_value") Boolean customValue,
            Boolean sort,
            Mode mode,
            @JsonProperty("translation_key") String translationKey)
            implements Selector {

        private static final int MOST_OPTIONS = 1_000;

        public Select {
            if (options == null || options.isEmpty() || options.size() > MOST_OPTIONS) {
                throw new IllegalArgumentException("a select has 1 to " + MOST_OPTIONS + " options");
            }
            options = List.copyOf(options);
            multiple = multiple != null && multiple;
            customValue = customValue != null && customValue;
            sort = sort != null && sort;
        }

        /** How the options are shown. */
        public enum Mode {
            @JsonProperty("list")
            LIST,
            @JsonProperty("dropdown")
            DROPDOWN
        }
    }

    /** What can be selected; the label is null when it is the value. */
    record Option(String value, String label) {

        public Option {
            if (value == null) {
                throw new IllegalArgumentException("an option has a value");
            }
        }

        /** Returns an option whose label is its value. */
        public static Option of(String value) {
            return new Option(value, null);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Option of(JsonNode json) {
            if (json.isTextual()) {
                return of(json.textValue());
            }
            boolean pair = json.isObject()
                    && json.size() == 2
                    && json.path("value").isTextual()
                    && json.path("label").isTextual();
            if (!pair) {
                throw new IllegalArgumentException("an option is a text or an object of value and label");
            }
            return new Option(json.get("value").textValue(), json.get("label").textValue());
        }

        @JsonValue
        Object json() {
            if (label == null) {
                return value;
            }
            Map<String, String> pair = new LinkedHashMap<>();
            pair.put("value", value);
            pair.put("label", label);
            return pair;
        }
    }

    /** A length of time, as an object of days, hours, minutes, seconds and milliseconds. */
    record Period(
            @JsonProperty("enable_day") Boolean enableDay,
            @JsonProperty("enable_millisecond") Boolean enableMillisecond,
            @JsonProperty("allow_negative") Boolean allowNegative)
            implements Selector {

        public Period {
            enableDay = enableDay != null && enableDay;
            enableMillisecond = enableMillisecond != null && enableMillisecond;
            allowNegative = allowNegative != null && allowNegative;
        }
    }
}
