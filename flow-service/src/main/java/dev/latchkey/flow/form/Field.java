package dev.latchkey.flow.form;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One field of a form.
 *
 * @param name the key of its value
 * @param defaultValue what is taken when nothing is entered; null when there is no default, always so for a secret
 * @param suggestedValue what the client shows to begin with; null when nothing, always so for a secret
 * @param secret whether its value is a {@link Secret} (decision F9)
 * @param label what the field is called; null to leave it to the client's translations
 * @param hint a sentence of help; null when there is none
 */
public record Field(
        String name,
        FieldType type,
        boolean required,
        Object defaultValue,
        Object suggestedValue,
        boolean secret,
        String label,
        String hint) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,63}");

    public Field {
        Objects.requireNonNull(type, "a field has a type");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a field's name is 1 to 64 letters, digits and underscores: " + name);
        }
        if (secret && (defaultValue != null || suggestedValue != null)) {
            throw new IllegalArgumentException("a secret is neither a default nor suggested: " + name);
        }
        if (isPassword(type) && !secret) {
            throw new IllegalArgumentException("what is entered as a password is a secret: " + name);
        }
    }

    /** Returns a field that must be filled in. */
    public static Field required(String name, FieldType type) {
        return new Field(name, type, true, null, null, isPassword(type), null, null);
    }

    /** Returns a field that must be filled in, entered with a selector. */
    public static Field required(String name, Selector selector) {
        return required(name, new FieldType.Selected(selector));
    }

    /** Returns a field that may be left out. */
    public static Field optional(String name, FieldType type) {
        return new Field(name, type, false, null, null, isPassword(type), null, null);
    }

    /** Returns a field that may be left out, entered with a selector. */
    public static Field optional(String name, Selector selector) {
        return optional(name, new FieldType.Selected(selector));
    }

    /** Returns the field with the value that is taken when nothing is entered. */
    public Field withDefault(Object value) {
        return new Field(name, type, required, value, suggestedValue, secret, label, hint);
    }

    /** Returns the field with a value to begin with; a secret as it is, because a secret is never shown. */
    public Field withSuggestion(Object value) {
        return secret ? this : new Field(name, type, required, defaultValue, value, false, label, hint);
    }

    /** Returns the field as one that must, or need not, be filled in. */
    public Field withRequired(boolean mandatory) {
        return new Field(name, type, mandatory, defaultValue, suggestedValue, secret, label, hint);
    }

    /** Returns the field as a secret. */
    public Field asSecret() {
        return new Field(name, type, required, null, null, true, label, hint);
    }

    /** Returns the field with a name and a sentence of help for people; null leaves one out. */
    public Field withText(String labelText, String hintText) {
        return new Field(name, type, required, defaultValue, suggestedValue, secret, labelText, hintText);
    }

    /** Returns the {@code description} object for clients, empty when there is nothing to say. */
    Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        if (suggestedValue != null) {
            description.put("suggested_value", suggestedValue);
        }
        if (label != null) {
            description.put("label", label);
        }
        if (hint != null) {
            description.put("hint", hint);
        }
        return description;
    }

    private static boolean isPassword(FieldType type) {
        return type instanceof FieldType.Selected(Selector.Text text) && text.type() == Selector.TextType.PASSWORD;
    }
}
