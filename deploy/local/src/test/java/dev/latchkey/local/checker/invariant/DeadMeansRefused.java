package dev.latchkey.local.checker.invariant;

import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * I1, I4 and I7: what begins later than a bound after the death of a grant does not find it alive. Whatever began earlier may
 * have been decided before the death.
 *
 * @param name short
 * @param rule a sentence
 * @param deaths when which grant died
 * @param bounds by which kinds of operation, and how long after the death each may still succeed
 */
record DeadMeansRefused(
        String name, String rule, Function<History, Map<String, Long>> deaths, Map<Kind, Duration> bounds)
        implements Invariant {

    @Override
    public Judgement judge(History history) {
        var died = deaths.apply(history);
        var judgement = new Judgement.Builder();
        history.operations().stream()
                .filter(operation -> isLate(operation, died))
                .forEach(operation -> {
                    // Who got no answer was not let in, but that says nothing of a decision either.
                    if (operation.outcome() != Outcome.UNKNOWN) {
                        judgement.judge();
                    }
                    if (operation.ok()) {
                        judgement.offend(
                                history.told(operation) + ", " + after(operation, died) + " ms after it was dead",
                                operation.at());
                    }
                });
        return judgement.done();
    }

    private boolean isLate(Operation operation, Map<String, Long> died) {
        var bound = bounds.get(operation.kind());
        var death = died.get(operation.subject());
        return bound != null && death != null && operation.start() - death > bound.toNanos();
    }

    private static long after(Operation operation, Map<String, Long> died) {
        return Duration.ofNanos(operation.start() - died.get(operation.subject()))
                .toMillis();
    }
}
