package dev.latchkey.flow.connector;

import dev.latchkey.flow.form.Field;
import dev.latchkey.flow.form.Form;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of fields, by name. */
final class FieldValues {

    private FieldValues() {}

    /** @return the defaults of a form's fields, to be changed */
    static Map<String, Object> defaults(Form form) {
        Map<String, Object> values = new LinkedHashMap<>();
        form.fields().stream()
                .filter(field -> field.defaultValue() != null)
                .forEach(field -> values.put(field.name(), field.defaultValue()));
        return values;
    }

    /** @return what was entered for the fields of a form; a form without fields lets anything through */
    static Map<String, Object> known(Form form, Map<String, Object> input) {
        Map<String, Object> known = new LinkedHashMap<>();
        for (Field field : form.fields()) {
            if (input.get(field.name()) != null) {
                known.put(field.name(), input.get(field.name()));
            }
        }
        return known;
    }

    /** @return the form with present values to begin with; where there is one, no default takes its place when it is left out */
    static Form asOf(Form form, Map<String, Object> values) {
        return new Form(form.fields().stream()
                        .map(field -> values.get(field.name()) == null || field.secret()
                                ? field
                                : field.withRequired(field.required() && field.defaultValue() == null)
                                        .withDefault(null))
                        .toList())
                .withSuggestions(values);
    }
}
