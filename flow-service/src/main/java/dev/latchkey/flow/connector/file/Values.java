package dev.latchkey.flow.connector.file;

import dev.latchkey.flow.connector.file.YamlTree.Mapping;
import dev.latchkey.flow.connector.file.YamlTree.Scalar;
import dev.latchkey.flow.connector.file.YamlTree.Sequence;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What scalars mean: the core schema of YAML 1.2 (section 10.3), so that {@code on}, {@code no} and {@code 1:30} are texts. */
final class Values {

    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\.[0-9]{1,18}|[0-9]{1,18}(\\.[0-9]{0,18})?)([eE][-+]?[0-9]{1,2})?");
    private static final Pattern DURATION = Pattern.compile("0|[0-9]{1,9}(ms|s|m|h|d)");

    private Values() {}

    static boolean isNull(YamlTree tree) {
        return tree instanceof Scalar scalar && scalar.plain() && scalar.text().matches("|~|null|Null|NULL");
    }

    /** @return a String, Boolean, Long or Double, a List or Map of them, or null */
    static Object of(YamlTree tree) {
        return switch (tree) {
            case Scalar scalar -> scalar(scalar);
            case Sequence sequence -> {
                List<Object> values = new ArrayList<>();
                sequence.items().forEach(item -> values.add(of(item)));
                yield values;
            }
            case Mapping mapping -> {
                Map<String, Object> values = new LinkedHashMap<>();
                mapping.entries().forEach((key, entry) -> values.put(key, of(entry.value())));
                yield values;
            }
        };
    }

    /** @return the text of a scalar, quoted or not, that says something */
    static String text(YamlTree tree, String what, int longest) throws DefinitionException {
        if (!(tree instanceof Scalar scalar) || scalar.text().isBlank()) {
            throw new DefinitionException(tree.line(), what + " must be a text");
        }
        if (scalar.text().length() > longest) {
            throw new DefinitionException(tree.line(), what + " is longer than " + longest + " characters");
        }
        if (scalar.text().chars().anyMatch(Character::isISOControl)) {
            throw new DefinitionException(tree.line(), what + " has a line break or another control character in it");
        }
        return scalar.text();
    }

    /** @return a duration such as {@code 10s}, {@code 5m} or {@code 0} */
    static Duration duration(YamlTree tree, String what, Duration longest) throws DefinitionException {
        if (!(tree instanceof Scalar scalar) || !DURATION.matcher(scalar.text()).matches()) {
            throw new DefinitionException(tree.line(), what + " must be a time such as 500ms, 10s, 5m or 1h");
        }
        Duration read = DurationConverter.parseDuration(scalar.text());
        if (read.compareTo(longest) > 0) {
            throw new DefinitionException(tree.line(), what + " may be at most " + shown(longest));
        }
        return read;
    }

    private static String shown(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static Object scalar(Scalar scalar) {
        String text = scalar.text();
        if (!scalar.plain()) {
            return text;
        }
        if (isNull(scalar)) {
            return null;
        }
        if (text.matches("true|True|TRUE|false|False|FALSE")) {
            return Boolean.valueOf(text.toLowerCase(Locale.ROOT));
        }
        if (INTEGER.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        return DECIMAL.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
    }
}
