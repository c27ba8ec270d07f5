package dev.latchkey.local.checker.invariant;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.latchkey.local.checker.history.Delivery;
import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.KeptEntry;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * I5: what was committed is told at least once and in order, and nothing else is told. An event may come again; where it came
 * first counts.
 */
record ChangesAreTold() implements Invariant {
    private static final String CREATED = "created";
    private static final String UPDATED = "updated";
    private static final String REMOVED = "removed";

    @Override
    public String name() {
        return "I5";
    }

    @Override
    public String rule() {
        return "Each committed change of an entry is told at least once, in order per entry, and none that was not committed";
    }

    @Override
    public Judgement judge(History history) {
        var judgement = new Judgement.Builder();
        everyChangeIsTold(history, judgement);
        history.deliveries().stream()
                .collect(groupingBy(Delivery::entry))
                .values()
                .forEach(told -> inOrder(told, judgement));
        nothingElseIsTold(history, judgement);
        return judgement.done();
    }

    /** Whether every change that a client was told of was published by now; for whoever waits for that. */
    static boolean complete(History history) {
        var judgement = new Judgement.Builder();
        everyChangeIsTold(history, judgement);
        return judgement.done().holds();
    }

    private static void everyChangeIsTold(History history, Judgement.Builder judgement) {
        var told = history.deliveries().stream()
                .map(delivery -> fact(delivery.type(), delivery.entry(), delivery.title()))
                .collect(toSet());
        for (var change : history.operations()) {
            if (!change.ok()) {
                continue;
            }
            var expected = switch (change.kind()) {
                case CREATE -> fact(CREATED, change.result(), null);
                case RENAME -> fact(UPDATED, change.subject(), change.result());
                case REMOVE -> fact(REMOVED, change.subject(), null);
                default -> null;
            };
            if (expected != null) {
                judgement.judge();
                if (!told.contains(expected)) {
                    judgement.offend(history.told(change) + " was never told");
                }
            }
        }
    }

    private static void inOrder(List<Delivery> told, Judgement.Builder judgement) {
        var known = new HashSet<String>();
        Delivery last = null;
        for (var delivery : told) {
            if (!known.add(delivery.id())) {
                continue;
            }
            judgement.judge();
            if (last == null ? !delivery.type().equals(CREATED) : delivery.sequence() <= last.sequence()) {
                judgement.offend(delivery + " came after " + last);
            } else if (last != null && last.type().equals(REMOVED)) {
                judgement.offend(delivery + " came although the entry was gone: " + last);
            }
            last = delivery;
        }
    }

    private static void nothingElseIsTold(History history, Judgement.Builder judgement) {
        var kept = history.kept().stream().map(KeptEntry::id).collect(toSet());
        var removals = maybe(history, Kind.REMOVE);
        var titles = maybe(history, Kind.RENAME);
        for (var delivery : history.deliveries()) {
            var committed = switch (delivery.type()) {
                case CREATED -> kept.contains(delivery.entry()) || removals.contains(fact("", delivery.entry(), null));
                case REMOVED -> !kept.contains(delivery.entry()) && removals.contains(fact("", delivery.entry(), null));
                case UPDATED -> titles.contains(fact("", delivery.entry(), delivery.title()));
                default -> true;
            };
            if (!committed) {
                judgement.offend(delivery + " was told and never happened");
            }
        }
    }

    private static Set<String> maybe(History history, Kind kind) {
        return history.of(kind)
                .filter(Operation::maybe)
                .map(operation -> fact("", operation.subject(), operation.result()))
                .collect(toSet());
    }

    private static String fact(String type, String entry, String title) {
        return type + " " + entry + (type.equals(CREATED) || type.equals(REMOVED) ? "" : " " + title);
    }
}
