package dev.latchkey.flow.form;

import dev.latchkey.flow.form.Values.Bad;
import dev.latchkey.flow.form.Values.Good;
import dev.latchkey.flow.form.Values.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks what selectors give. Pure. */
final class SelectorValues {

    private SelectorValues() {}

    static Outcome of(Selector selector, Object entered) {
        return switch (selector) {
            case Selector.Text text -> text.multiple() ? each(entered, Values::text) : Values.text(entered);
            case Selector.Number number -> number(number, entered);
            case Selector.Flag flag -> entered instanceof Boolean ? new Good(entered) : new Bad(Problem.NOT_FLAG);
            case Selector.Select select ->
                select.multiple() ? each(entered, item -> option(select, item)) : option(select, entered);
            case Selector.Period period -> Values.period(entered, period.allowNegative());
        };
    }

    private static Outcome number(Selector.Number selector, Object entered) {
        if (!(entered instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            return new Bad(Problem.NOT_NUMBER);
        }
        double value = number.doubleValue();
        if (selector.min() != null && value < selector.min()) {
            return new Bad(new Problem("too_small", "Value " + Numbers.text(value) + " is too small"));
        }
        if (selector.max() != null && value > selector.max()) {
            return new Bad(new Problem("too_large", "Value " + Numbers.text(value) + " is too large"));
        }
        return new Good(entered);
    }

    private static Outcome option(Selector.Select selector, Object entered) {
        if (selector.customValue()) {
            return Values.text(entered);
        }
        Set<String> options = selector.options().stream()
                .map(Selector.Option::value)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return Values.oneOf(options, entered);
    }

    private static Outcome each(Object entered, Function<Object, Outcome> check) {
        if (!(entered instanceof List<?> items)) {
            return new Bad(Problem.NOT_SELECTED_LIST);
        }
        if (items.size() > Values.MOST_ITEMS) {
            return new Bad(Problem.tooLong(Values.MOST_ITEMS));
        }
        List<Object> values = new ArrayList<>();
        for (Object item : items) {
            switch (check.apply(item)) {
                case Good(Object value) -> values.add(value);
                case Bad bad -> {
                    return bad;
                }
            }
        }
        return new Good(values);
    }
}
