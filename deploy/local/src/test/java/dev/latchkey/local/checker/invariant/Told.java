package dev.latchkey.local.checker.invariant;

import dev.latchkey.local.checker.history.Delivery;
import dev.latchkey.local.checker.history.Fault;
import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.KeptEntry;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Histories by hand. Times are milliseconds. */
final class Told {
    private static final long MILLI = 1_000_000;
    private static final long HEALED = 50_000;

    private final List<Operation> operations = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<KeptEntry> kept = new ArrayList<>();
    private Duration recovered = Duration.ofSeconds(5);

    static Told that() {
        return new Told();
    }

    Told ok(Kind kind, String subject, long from, long to) {
        return add(kind, subject, from, to, Outcome.OK, null);
    }

    Told ok(Kind kind, String subject, long from, long to, String result) {
        return add(kind, subject, from, to, Outcome.OK, result);
    }

    Told refused(Kind kind, String subject, long from, long to) {
        return add(kind, subject, from, to, Outcome.REFUSED, null);
    }

    Told unknown(Kind kind, String subject, long from, long to) {
        return add(kind, subject, from, to, Outcome.UNKNOWN, null);
    }

    Told unknown(Kind kind, String subject, long from, long to, String result) {
        return add(kind, subject, from, to, Outcome.UNKNOWN, result);
    }

    private Told add(Kind kind, String subject, long from, long to, Outcome outcome, String result) {
        operations.add(new Operation(kind, subject, "signing-2", from * MILLI, to * MILLI, outcome, result));
        return this;
    }

    Told delivered(String entry, String type, long sequence, String title) {
        deliveries.add(new Delivery(entry, "id-" + sequence, type, sequence, title));
        return this;
    }

    Told blind(long from, long to) {
        return blind("signing-2", from, to);
    }

    Told blind(String process, long from, long to) {
        faults.add(new Fault("freeze kafka", Set.of(process), Set.of("kafka"), from * MILLI, to * MILLI));
        return this;
    }

    Told frozen(long from, long to) {
        faults.add(new Fault("freeze signing-2", Set.of(), Set.of("signing-2"), from * MILLI, to * MILLI));
        return this;
    }

    Told kept(String entry, String account, String title) {
        kept.add(new KeptEntry(entry, "fake_device", account, title));
        return this;
    }

    Told recoveredAfter(Duration time) {
        recovered = time;
        return this;
    }

    /** All of it. */
    History history() {
        return new History(operations, deliveries, faults, kept, 0, HEALED * MILLI, recovered, List.of(), List.of());
    }

    /** What a rule of this name says of it. */
    Judgement by(String name) {
        return Invariants.all().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow()
                .judge(history());
    }
}
