package dev.latchkey.flow.connector.check;

import dev.latchkey.flow.form.Secret;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** The texts that values of fields are in a request. */
final class FieldTexts {

    private FieldTexts() {}

    /** @return texts by name of the field; an empty or missing value has none */
    static Map<String, String> of(Map<String, Object> values) {
        Map<String, String> texts = new HashMap<>();
        values.forEach((name, value) -> {
            String text = text(value);
            if (text != null && !text.isEmpty()) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> null;
            case Secret secret -> secret.reveal();
            case String text -> text;
            case Boolean flag -> flag.toString();
            case Long number -> number.toString();
            case Integer number -> number.toString();
            case Double number
            when Double.isFinite(number) ->
                BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            default -> null;
        };
    }
}
