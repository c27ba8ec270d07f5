package dev.latchkey.local.checker.history;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that is known of a run. All times are {@link System#nanoTime()} of one JVM.
 *
 * @param operations in the order in which they ended
 * @param deliveries in the order in which they were read
 * @param faults in the order in which they began
 * @param kept the entries in the database at the end
 * @param began when clients began
 * @param healedAt when the last fault was healed
 * @param recovered how long it took from then until everything worked; null when it did not
 * @param spared the kinds of faults that there were no time for, for people
 * @param failures what broke the clients themselves; whatever is here, the run proves nothing
 */
public record History(
        List<Operation> operations,
        List<Delivery> deliveries,
        List<Fault> faults,
        List<KeptEntry> kept,
        long began,
        long healedAt,
        Duration recovered,
        List<String> spared,
        List<Throwable> failures) {

    /** Copies the lists. */
    public History {
        operations = List.copyOf(operations);
        deliveries = List.copyOf(deliveries);
        faults = List.copyOf(faults);
        kept = List.copyOf(kept);
        spared = List.copyOf(spared);
        failures = List.copyOf(failures);
    }

    /** The operations of a kind. */
    public Stream<Operation> of(Kind kind) {
        return operations.stream().filter(operation -> operation.kind() == kind);
    }

    /** How many revocations were answered while somebody could not hear of them, or not ask. */
    public long revokedInTheDark() {
        return of(Kind.REVOKE)
                .filter(Operation::ok)
                .filter(revoke -> faults.stream().anyMatch(fault -> fault.blinding() && fault.at(revoke.end())))
                .count();
    }

    /** Seconds since the beginning, for people. */
    public String at(long moment) {
        return "%.3f s".formatted((moment - began) / 1e9);
    }

    /** An operation, for people. */
    public String told(Operation operation) {
        return "%s of %s at %s from %s to %s: %s"
                .formatted(
                        operation.kind(),
                        operation.subject(),
                        operation.at(),
                        at(operation.start()),
                        at(operation.end()),
                        operation.outcome());
    }
}
