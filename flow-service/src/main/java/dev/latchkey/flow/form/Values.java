package dev.latchkey.flow.form;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks single values against their types. Pure. */
final class Values {

    /** The longest text that any field takes, in characters: a long key in PEM fits. */
    static final int LONGEST_TEXT = 16_384;

    static final int MOST_ITEMS = 1_000;
    private static final int LONGEST_OPTION_SHOWN = 64;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)+");

    private Values() {}

    /** Whether a value is one of its type. */
    sealed interface Outcome {}

    /** It is; perhaps written in another way. */
    record Good(Object value) implements Outcome {}

    /** It is not. */
    record Bad(Problem problem) implements Outcome {}

    static Outcome of(FieldType type, Object entered) {
        return switch (type) {
            case FieldType.Text text -> text(text, entered);
            case FieldType.Whole whole -> whole(whole, entered);
            case FieldType.Decimal decimal -> decimal(decimal, entered);
            case FieldType.Flag flag -> entered instanceof Boolean ? new Good(entered) : new Bad(Problem.NOT_FLAG);
            case FieldType.Choice choice -> oneOf(choice.options().keySet(), entered);
            case FieldType.MultiSelect select -> anyOf(select, entered);
            case FieldType.Constant constant ->
                Objects.equals(constant.value(), entered)
                        ? new Good(entered)
                        : new Bad(new Problem("not_an_option", "not a valid value"));
            case FieldType.Period period -> period(entered, false);
            case FieldType.OrNull orNull -> entered == null ? new Good(null) : of(orNull.type(), entered);
            case FieldType.Selected selected -> SelectorValues.of(selected.selector(), entered);
            case FieldType.Section section -> new Bad(Problem.NOT_OBJECT);
        };
    }

    /** A text that can be stored and sent anywhere: no NUL, no half of a surrogate pair, not endless. */
    static Outcome text(Object entered) {
        if (!(entered instanceof String text)) {
            return new Bad(Problem.NOT_TEXT);
        }
        if (text.length() > LONGEST_TEXT) {
            return new Bad(Problem.tooLong(LONGEST_TEXT));
        }
        boolean clean = text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
        return clean ? new Good(text) : new Bad(Problem.BAD_TEXT);
    }

    static Outcome oneOf(Set<String> options, Object entered) {
        return entered instanceof String text && options.contains(text)
                ? new Good(text)
                : new Bad(new Problem("not_an_option", "value must be one of " + list(options)));
    }

    static Outcome period(Object entered, boolean negativeAllowed) {
        if (!(entered instanceof Map<?, ?> parts)) {
            return new Bad(Problem.NOT_OBJECT);
        }
        try {
            Duration duration = Durations.read(parts);
            return duration.isNegative() && !negativeAllowed
                    ? new Bad(Problem.tooSmall("0"))
                    : new Good(Map.copyOf(parts));
        } catch (IllegalArgumentException e) {
            return new Bad(new Problem("invalid_duration", e.getMessage()));
        }
    }

    private static Outcome text(FieldType.Text type, Object entered) {
        Outcome outcome = text(entered);
        if (!(outcome instanceof Good(String text))) {
            return outcome;
        }
        int length = text.codePointCount(0, text.length());
        if (type.minLength() != null && length < type.minLength()) {
            return new Bad(Problem.tooShort(type.minLength()));
        }
        if (type.maxLength() != null && length > type.maxLength()) {
            return new Bad(Problem.tooLong(type.maxLength()));
        }
        if (type.format() == FieldType.Format.EMAIL && !EMAIL.matcher(text).matches()) {
            return new Bad(Problem.NOT_EMAIL);
        }
        return type.format() == FieldType.Format.URL && !isUrl(text) ? new Bad(Problem.NOT_URL) : outcome;
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && uri.getScheme() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Outcome whole(FieldType.Whole type, Object entered) {
        if (!(entered instanceof Long || entered instanceof Integer)) {
            return new Bad(Problem.NOT_WHOLE);
        }
        long value = ((Number) entered).longValue();
        if (type.min() != null && value < type.min()) {
            return new Bad(Problem.tooSmall(type.min().toString()));
        }
        return type.max() != null && value > type.max()
                ? new Bad(Problem.tooLarge(type.max().toString()))
                : new Good(value);
    }

    private static Outcome decimal(FieldType.Decimal type, Object entered) {
        if (!(entered instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            return new Bad(Problem.NOT_NUMBER);
        }
        double value = number.doubleValue();
        if (type.min() != null && value < type.min()) {
            return new Bad(Problem.tooSmall(Numbers.text(type.min())));
        }
        return type.max() != null && value > type.max()
                ? new Bad(Problem.tooLarge(Numbers.text(type.max())))
                : new Good(value);
    }

    private static Outcome anyOf(FieldType.MultiSelect type, Object entered) {
        if (!(entered instanceof List<?> items)) {
            return new Bad(Problem.NOT_LIST);
        }
        List<Object> chosen = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof String text) || !type.options().containsKey(text)) {
                String shown = item instanceof String text
                        ? text.substring(0, Math.min(text.length(), LONGEST_OPTION_SHOWN))
                        : "this";
                return new Bad(new Problem("not_an_option", shown + " is not a valid option"));
            }
            if (!chosen.contains(text)) {
                chosen.add(text);
            }
        }
        return new Good(chosen);
    }

    private static String list(Set<String> options) {
        List<String> quoted = options.stream()
                .sorted()
                .limit(MOST_ITEMS)
                .map(option -> "'" + option + "'")
                .toList();
        return "[" + String.join(", ", quoted) + "]";
    }
}
