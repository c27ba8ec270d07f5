package dev.latchkey.local.checker.invariant;

import static java.util.stream.Collectors.groupingBy;

import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From when on grants are dead, by what clients were told: the end of the answer that says so. */
final class Deaths {

    private Deaths() {}

    /** Grants that were taken back, each with when the first client was told so. */
    static Map<String, Long> byRevocation(History history) {
        var deaths = new HashMap<String, Long>();
        history.of(Kind.REVOKE)
                .filter(Operation::ok)
                .forEach(revoke -> deaths.merge(revoke.subject(), revoke.end(), Deaths::earlier));
        return deaths;
    }

    /**
     * Grants whose code was redeemed again. The refusal of a code that granted something is its second use, whoever began first:
     * the first use is the one that was granted.
     */
    static Map<String, Long> byReuse(History history) {
        var deaths = new HashMap<String, Long>();
        history.of(Kind.REDEEM)
                .collect(groupingBy(Operation::subject))
                .values()
                .forEach(attempts -> attempts.stream()
                        .filter(Operation::ok)
                        .forEach(granted -> firstRefusal(attempts, granted, deaths)));
        return deaths;
    }

    private static void firstRefusal(List<Operation> attempts, Operation granted, Map<String, Long> deaths) {
        attempts.stream()
                .filter(attempt -> attempt.outcome() == Outcome.REFUSED)
                .map(refused -> later(refused.end(), granted.end()))
                .reduce(Deaths::earlier)
                .ifPresent(death -> deaths.put(granted.result(), death));
    }

    /** Both kinds of death. */
    static Map<String, Long> all(History history) {
        var deaths = byRevocation(history);
        byReuse(history).forEach((grant, death) -> deaths.merge(grant, death, Deaths::earlier));
        return deaths;
    }

    private static Long earlier(Long one, Long other) {
        return one - other < 0 ? one : other;
    }

    private static Long later(Long one, Long other) {
        return one - other > 0 ? one : other;
    }
}
