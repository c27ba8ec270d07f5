package dev.latchkey.flow.form;

import dev.latchkey.flow.form.FormInput.Accepted;
import dev.latchkey.flow.form.FormInput.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks one input against a form, and finds all that is wrong with it at once. Used once. */
final class FormCheck {

    private static final String BASE = "base";
    private static final int MOST_PROBLEMS_TOLD = 20;
    private static final int LONGEST_KEY_SHOWN = 64;

    private final Map<String, String> errors = new LinkedHashMap<>();
    private final Map<String, String> codes = new LinkedHashMap<>();
    private final List<String> unplaced = new ArrayList<>();

    FormInput check(Form form, Map<String, Object> input) {
        if (form.fields().isEmpty()) {
            return new Accepted(input);
        }
        Map<String, Object> values = values(form, input, null);
        if (!unplaced.isEmpty()) {
            errors.put(BASE, String.join("; ", unplaced));
        }
        return errors.isEmpty() ? new Accepted(values) : new Refused(errors, codes);
    }

    /** @param section the name of the section that is checked, null outside of any */
    private Map<String, Object> values(Form form, Map<?, ?> input, String section) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Object key : input.keySet()) {
            if (form.field((String) key).isEmpty()) {
                place(section, (String) key, Problem.UNKNOWN, true);
            }
        }
        for (Field field : form.fields()) {
            if (!input.containsKey(field.name())) {
                if (field.defaultValue() != null) {
                    values.put(field.name(), field.defaultValue());
                } else if (field.required()) {
                    place(section, field.name(), Problem.REQUIRED, false);
                }
            } else if (field.type() instanceof FieldType.Section(Form inner, boolean collapsed)) {
                if (input.get(field.name()) instanceof Map<?, ?> group) {
                    values.put(field.name(), values(inner, group, field.name()));
                } else {
                    place(section, field.name(), Problem.NOT_OBJECT, false);
                }
            } else {
                values.put(field.name(), value(field, input.get(field.name()), section));
            }
        }
        return values;
    }

    private Object value(Field field, Object entered, String section) {
        switch (Values.of(field.type(), entered)) {
            case Values.Good(Object value) -> {
                return field.secret() && value instanceof String text ? Secret.of(text) : value;
            }
            case Values.Bad(Problem problem) -> {
                place(section, field.name(), problem, false);
                return null;
            }
        }
    }

    private void place(String section, String name, Problem problem, boolean unknown) {
        if (section == null && !unknown) {
            errors.put(name, problem.text());
            codes.put(name, problem.code());
            return;
        }
        codes.putIfAbsent(BASE, problem.code());
        if (unplaced.size() < MOST_PROBLEMS_TOLD) {
            String shown = name.length() > LONGEST_KEY_SHOWN ? name.substring(0, LONGEST_KEY_SHOWN) + "…" : name;
            String text =
                    problem.text().startsWith("expected ") ? problem.text() + " for dictionary value" : problem.text();
            unplaced.add(text + " @ data" + (section == null ? "" : "['" + section + "']") + "['" + shown + "']");
        }
    }
}
