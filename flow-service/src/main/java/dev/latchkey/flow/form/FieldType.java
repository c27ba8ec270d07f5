package dev.latchkey.flow.form;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which values a field takes. What is not one of these cannot be described to a client, so it cannot be written either. The JSON
 * of one is for storage, not for clients.
 */
@JsonTypeInfo(use = Id.NAME, property = "kind")
@JsonSubTypes({
    @Type(value = FieldType.Text.class, name = "text"),
    @Type(value = FieldType.Whole.class, name = "whole"),
    @Type(value = FieldType.Decimal.class, name = "decimal"),
    @Type(value = FieldType.Flag.class, name = "flag"),
    @Type(value = FieldType.Choice.class, name = "choice"),
    @Type(value = FieldType.MultiSelect.class, name = "multi_select"),
    @Type(value = FieldType.Constant.class, name = "constant"),
    @Type(value = FieldType.Period.class, name = "period"),
    @Type(value = FieldType.Section.class, name = "section"),
    @Type(value = FieldType.OrNull.class, name = "or_null"),
    @Type(value = FieldType.Selected.class, name = "selected")
})
public sealed interface FieldType {

    /** A text; lengths are in characters, null when not bounded. */
    record Text(Integer minLength, Integer maxLength, Format format) implements FieldType {

        /** Any text. */
        public Text() {
            this(null, null, null);
        }
    }

    /** What a text must look like. */
    enum Format {
        @JsonProperty("email")
        EMAIL,
        @JsonProperty("url")
        URL
    }

    /** A whole number; a bound is null when there is none. */
    record Whole(Long min, Long max) implements FieldType {

        /** Any whole number of 64 bits. */
        public Whole() {
            this(null, null);
        }
    }

    /** A number; a bound is null when there is none. */
    record Decimal(Double min, Double max) implements FieldType {

        /** Any number. */
        public Decimal() {
            this(null, null);
        }
    }

    /** True or false. */
    record Flag() implements FieldType {}

    /** One of several texts: labels by value, in order. */
    record Choice(Map<String, String> options) implements FieldType {
        public Choice {
            options = Map.copyOf(options).isEmpty() ? Map.of() : new LinkedHashMap<>(options);
        }
    }

    /** Any of several texts: labels by value, in order. */
    record MultiSelect(Map<String, String> options) implements FieldType {
        public MultiSelect {
            options = Map.copyOf(options).isEmpty() ? Map.of() : new LinkedHashMap<>(options);
        }
    }

    /** One value, always the same. */
    record Constant(Object value) implements FieldType {}

    /** A length of time above zero, as an object of days, hours, minutes, seconds and milliseconds. */
    record Period() implements FieldType {}

    /** A group of fields with a value of its own, an object. Sections do not contain sections. */
    record Section(Form form, boolean collapsed) implements FieldType {
        public Section {
            if (form.fields().stream().anyMatch(field -> field.type() instanceof Section)) {
                throw new IllegalArgumentException("sections do not contain sections");
            }
        }
    }

    /** A value of a type, or null. */
    record OrNull(FieldType type) implements FieldType {}

    /** What a selector gives. */
    record Selected(Selector selector) implements FieldType {}
}
