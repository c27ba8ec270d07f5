package dev.latchkey.local.checker;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.latchkey.local.checker.history.Fault;
import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long after the answer of a revocation each verifier refused the grant. A client that asks again and again sees it a little
 * later than it is; where the verifier gave no answer first, nobody knows, and it does not count.
 */
final class Latencies {
    /** What was broken may take so long to work as before. */
    private static final long AFTERMATH_NANOS = Duration.ofSeconds(10).toNanos();

    /** It takes a moment until something is broken, and a fault begins when it is. */
    private static final long BREAKING_NANOS = Duration.ofSeconds(2).toNanos();

    private final List<Long> nanos = new ArrayList<>();
    private long unanswered;
    private long acceptedFor;

    private Latencies() {}

    /** By verifier and kind, for revocations while nothing was broken, or while something was or had been until just before. */
    static Map<String, Latencies> of(History history, boolean broken) {
        var revoked = history.of(Kind.REVOKE)
                .filter(Operation::ok)
                .filter(revoke -> broken == during(history.faults(), revoke.end()))
                .collect(toMap(Operation::subject, Operation::end, Math::min));
        var latencies = new TreeMap<String, Latencies>();
        history.operations().stream()
                .filter(operation -> operation.kind() == Kind.VERIFY || operation.kind() == Kind.FOLLOW)
                .filter(operation -> revoked.containsKey(operation.subject()))
                .collect(groupingBy(operation -> operation.at() + (operation.kind() == Kind.FOLLOW ? " (links)" : "")))
                .forEach((verifier, shown) -> latencies.put(verifier, of(shown, revoked)));
        return latencies;
    }

    private static boolean during(List<Fault> faults, long moment) {
        return faults.stream()
                .anyMatch(
                        fault -> moment - fault.start() >= -BREAKING_NANOS && moment - fault.end() <= AFTERMATH_NANOS);
    }

    private static Latencies of(List<Operation> shown, Map<String, Long> revoked) {
        var latencies = new Latencies();
        shown.stream().collect(groupingBy(Operation::subject)).forEach((grant, all) -> {
            long death = revoked.get(grant);
            all.stream()
                    .filter(operation -> operation.end() - death > 0 && !operation.ok())
                    .min(comparingLong(Operation::end))
                    .ifPresent(first -> latencies.add(first, death));
            all.stream()
                    .filter(Operation::ok)
                    .forEach(accepted ->
                            latencies.acceptedFor = Math.max(latencies.acceptedFor, accepted.start() - death));
        });
        Collections.sort(latencies.nanos);
        return latencies;
    }

    private void add(Operation first, long death) {
        if (first.outcome() == Outcome.REFUSED) {
            nanos.add(first.end() - death);
        } else {
            unanswered++;
        }
    }

    /** How many revocations are not counted, because the verifier did not answer before it refused. */
    long unanswered() {
        return unanswered;
    }

    /** How many there are. */
    int count() {
        return nanos.size();
    }

    /** The time within which a share of them was refused, in milliseconds; 0 when there is none. */
    long milliseconds(double share) {
        return nanos.isEmpty() ? 0 : nanos.get((int) Math.ceil(share * nanos.size()) - 1) / 1_000_000;
    }

    /** The longest time after the answer at which a question began that was still answered with a yes, in milliseconds. */
    long acceptedFor() {
        return acceptedFor / 1_000_000;
    }
}
