package dev.latchkey.local.checker.invariant;

import static java.util.stream.Collectors.groupingBy;

import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import java.util.List;
import java.util.Map;

/** I6: an account has at most one entry, at the end and at every moment. */
record AccountsAreConnectedOnce() implements Invariant {

    @Override
    public String name() {
        return "I6";
    }

    @Override
    public String rule() {
        return "There is at most one entry per account of a domain";
    }

    @Override
    public Judgement judge(History history) {
        var judgement = new Judgement.Builder();
        history.kept().stream()
                .collect(groupingBy(entry -> entry.domain() + "/" + entry.account()))
                .forEach((account, entries) -> {
                    judgement.judge();
                    if (entries.size() > 1) {
                        judgement.offend(account + " has " + entries);
                    }
                });
        var removals = history.of(Kind.REMOVE).filter(Operation::maybe).collect(groupingBy(Operation::subject));
        history.of(Kind.CREATE)
                .filter(Operation::ok)
                .collect(groupingBy(Operation::subject))
                .values()
                .forEach(created -> oneAfterTheOther(history, created, removals, judgement));
        return judgement.done();
    }

    private static void oneAfterTheOther(
            History history,
            List<Operation> created,
            Map<String, List<Operation>> removals,
            Judgement.Builder judgement) {
        for (var one : created) {
            for (var other : created) {
                if (one == other || other.end() - one.end() < 0) {
                    continue;
                }
                judgement.judge();
                // Either may have been the first one, because they may have been under way together.
                if (!goneBefore(one, other, removals) && !goneBefore(other, one, removals)) {
                    judgement.offend("at once: " + history.told(one) + " " + one.result() + ", " + history.told(other)
                            + " " + other.result());
                }
            }
        }
    }

    private static boolean goneBefore(Operation entry, Operation next, Map<String, List<Operation>> removals) {
        return removals.getOrDefault(entry.result(), List.of()).stream()
                .anyMatch(removal -> removal.start() - next.end() < 0);
    }
}
