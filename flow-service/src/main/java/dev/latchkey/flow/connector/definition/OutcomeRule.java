package dev.latchkey.flow.connector.definition;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What some statuses mean.
 *
 * @param statuses which ones
 * @param outcome what they mean
 */
public record OutcomeRule(List<Statuses> statuses, Outcome outcome) {

    /** What statuses mean that a file says nothing about. */
    public static final List<OutcomeRule> DEFAULTS = List.of(
            rule(Outcome.OK, "2xx"),
            rule(Outcome.INVALID_AUTH, "401", "403"),
            rule(Outcome.CANNOT_CONNECT, "404", "410"),
            rule(Outcome.CANNOT_CONNECT, "408", "425", "429", "5xx"));

    /** A redirect that may not be followed: after every rule of the file, so that a file can say otherwise. */
    private static final OutcomeRule REDIRECTED = rule(Outcome.CANNOT_CONNECT, "3xx");

    public OutcomeRule {
        statuses = List.copyOf(statuses);
    }

    /** The statuses from the first to the last of a range. */
    public record Statuses(int first, int last) {

        private static final Pattern TEXT = Pattern.compile("[1-5](xx|[0-9]{2})");

        /** @return the statuses that {@code 404} or {@code 5xx} names, or empty for anything else */
        public static Optional<Statuses> parse(String text) {
            if (!TEXT.matcher(text).matches()) {
                return Optional.empty();
            }
            boolean wholeClass = text.endsWith("xx");
            int first = Integer.parseInt(wholeClass ? text.charAt(0) + "00" : text);
            return Optional.of(new Statuses(first, wholeClass ? first + 99 : first));
        }
    }

    /**
     * @param rules the rules of a file; the first that matches wins, then the defaults
     * @param status the status of an answer
     * @return what it means, or empty when nobody foresaw it
     */
    public static Optional<Outcome> outcome(List<OutcomeRule> rules, int status) {
        return first(rules, status).or(() -> first(DEFAULTS, status)).or(() -> first(List.of(REDIRECTED), status));
    }

    private static Optional<Outcome> first(List<OutcomeRule> rules, int status) {
        return rules.stream().filter(rule -> rule.matches(status)).findFirst().map(OutcomeRule::outcome);
    }

    private boolean matches(int status) {
        return statuses.stream().anyMatch(range -> range.first <= status && status <= range.last);
    }

    private static OutcomeRule rule(Outcome outcome, String... statuses) {
        return new OutcomeRule(
                List.of(statuses).stream()
                        .map(text -> Statuses.parse(text).orElseThrow())
                        .toList(),
                outcome);
    }
}
