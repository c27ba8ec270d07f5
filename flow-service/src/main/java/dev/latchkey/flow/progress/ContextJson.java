package dev.latchkey.flow.progress;

import dev.latchkey.flow.form.DataJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code context} of a flow as lists show it ({@code spec/flows.md} 2.1). There is no secret in it. */
final class ContextJson {

    private static final String TITLE_PLACEHOLDERS = "title_placeholders";

    private ContextJson() {}

    static String write(
            FlowHeader header, String uniqueId, Map<String, String> titlePlaceholders, boolean showAdvancedOptions) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("source", header.source().id());
        if (header.entryId() != null) {
            context.put("entry_id", header.entryId());
        }
        if (!titlePlaceholders.isEmpty()) {
            context.put(TITLE_PLACEHOLDERS, titlePlaceholders);
        }
        if (uniqueId != null) {
            context.put("unique_id", uniqueId);
        }
        if (showAdvancedOptions) {
            context.put("show_advanced_options", true);
        }
        return DataJson.write(context);
    }

    static Map<String, String> titlePlaceholders(String context) {
        Map<String, String> placeholders = new LinkedHashMap<>();
        if (DataJson.readMap(context).get(TITLE_PLACEHOLDERS) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> placeholders.put((String) name, (String) value));
        }
        return placeholders;
    }
}
