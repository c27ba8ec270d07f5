package dev.latchkey.flow.form;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes forms to clients: {@code data_schema} of {@code spec/flows.md} 2.3. */
public final class FormJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private FormJson() {}

    /** Returns one object for each field, in order; none for a form without fields. */
    public static List<Map<String, Object>> of(Form form) {
        return form.fields().stream().map(FormJson::of).toList();
    }

    private static Map<String, Object> of(Field field) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", field.name());
        describe(field.type(), json);
        json.put("required", field.required());
        if (!field.required()) {
            json.put("optional", true);
        }
        if (field.defaultValue() != null) {
            json.put("default", field.defaultValue());
        }
        Map<String, Object> description = field.description();
        if (!description.isEmpty()) {
            json.put("description", description);
        }
        return json;
    }

    private static void describe(FieldType type, Map<String, Object> json) {
        switch (type) {
            case FieldType.Text text -> {
                json.put("type", "string");
                putUnlessNull(json, "lengthMin", text.minLength());
                putUnlessNull(json, "lengthMax", text.maxLength());
                putUnlessNull(
                        json,
                        "format",
                        text.format() == null
                                ? null
                                : Names.snakeCase(text.format().name()));
            }
            case FieldType.Whole whole -> {
                json.put("type", "integer");
                putUnlessNull(json, "valueMin", whole.min());
                putUnlessNull(json, "valueMax", whole.max());
            }
            case FieldType.Decimal decimal -> {
                json.put("type", "float");
                putUnlessNull(json, "valueMin", decimal.min());
                putUnlessNull(json, "valueMax", decimal.max());
            }
            case FieldType.Flag flag -> json.put("type", "boolean");
            case FieldType.Choice choice -> {
                json.put("type", "select");
                List<List<String>> pairs = new ArrayList<>();
                choice.options().forEach((value, label) -> pairs.add(List.of(value, label)));
                json.put("options", pairs);
            }
            case FieldType.MultiSelect select -> {
                json.put("type", "multi_select");
                json.put("options", select.options());
            }
            case FieldType.Constant constant -> {
                json.put("type", "constant");
                json.put("value", constant.value());
            }
            case FieldType.Period period -> json.put("type", "positive_time_period_dict");
            case FieldType.Section section -> {
                json.put("type", "expandable");
                json.put("expanded", !section.collapsed());
                json.put("schema", of(section.form()));
            }
            case FieldType.OrNull orNull -> {
                describe(orNull.type(), json);
                json.put("allow_none", true);
            }
            case FieldType.Selected selected -> json.put("selector", MAPPER.valueToTree(selected.selector()));
        }
    }

    private static void putUnlessNull(Map<String, Object> json, String key, Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
