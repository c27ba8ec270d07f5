package dev.latchkey.local.checker.invariant;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.KeptEntry;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** I9: users, grants and entries that the platform said it has are there when everything is over. */
record NothingIsLost() implements Invariant {

    @Override
    public String name() {
        return "I9";
    }

    @Override
    public String rule() {
        return "Nothing that was acknowledged is lost: users, refresh tokens, entries and their titles";
    }

    @Override
    public Judgement judge(History history) {
        var judgement = new Judgement.Builder();
        grants(history, judgement);
        users(history, judgement);
        entries(history, judgement);
        return judgement.done();
    }

    private static void grants(History history, Judgement.Builder judgement) {
        var takenBack = history.of(Kind.REVOKE).map(Operation::subject).collect(toSet());
        var triedAgain = history.of(Kind.REDEEM).collect(groupingBy(Operation::subject)).values().stream()
                .filter(attempts -> attempts.size() > 1)
                .map(attempts -> attempts.getFirst().subject())
                .collect(toSet());
        var works = answered(history, Kind.REFRESH, Outcome.OK);
        var refused = answered(history, Kind.REFRESH, Outcome.REFUSED);
        history.of(Kind.REDEEM)
                .filter(redeemed -> redeemed.ok() && !triedAgain.contains(redeemed.subject()))
                .filter(redeemed -> !takenBack.contains(redeemed.result()))
                .forEach(redeemed -> {
                    judgement.judge();
                    if (refused.contains(redeemed.result())) {
                        judgement.offend("the refresh token of " + redeemed.result() + " was refused");
                    } else if (!works.contains(redeemed.result())) {
                        judgement.offend("the refresh token of " + redeemed.result() + " did not work at the end");
                    }
                });
    }

    /** Of refusals all count; that something works counts only after everything was healed. */
    private static Set<String> answered(History history, Kind kind, Outcome outcome) {
        return history.of(kind)
                .filter(operation -> operation.outcome() == outcome)
                .filter(operation -> outcome == Outcome.REFUSED || operation.start() - history.healedAt() > 0)
                .map(Operation::subject)
                .collect(toSet());
    }

    private static void users(History history, Judgement.Builder judgement) {
        var found = answered(history, Kind.FIND_USER, Outcome.OK);
        var removed = Stream.concat(history.of(Kind.REMOVE_USER), history.of(Kind.DEACTIVATE_USER))
                .map(Operation::subject)
                .collect(toSet());
        history.of(Kind.MAKE_USER)
                .filter(made -> made.ok() && !removed.contains(made.subject()))
                .forEach(made -> {
                    judgement.judge();
                    if (!found.contains(made.subject())) {
                        judgement.offend("the user " + made.subject() + " is gone");
                    }
                });
    }

    private static void entries(History history, Judgement.Builder judgement) {
        var kept = history.kept().stream().collect(toMap(KeptEntry::id, entry -> entry));
        var removed = history.of(Kind.REMOVE)
                .filter(Operation::maybe)
                .map(Operation::subject)
                .collect(toSet());
        history.of(Kind.CREATE)
                .filter(created -> created.ok() && !removed.contains(created.result()))
                .forEach(created -> {
                    judgement.judge();
                    if (!kept.containsKey(created.result())) {
                        judgement.offend("the entry " + created.result() + " is gone: " + history.told(created));
                    }
                });
        history.of(Kind.REMOVE)
                .filter(removal -> removal.ok() && kept.containsKey(removal.subject()))
                .forEach(removal ->
                        judgement.offend("the entry " + removal.subject() + " is back: " + history.told(removal)));
        titles(history, kept, judgement);
    }

    /** The last title, unless another one was asked for that may have come later. */
    private static void titles(History history, Map<String, KeptEntry> kept, Judgement.Builder judgement) {
        history.of(Kind.RENAME)
                .filter(Operation::maybe)
                .collect(groupingBy(Operation::subject))
                .forEach((entry, renames) -> renames.stream()
                        .filter(Operation::ok)
                        .filter(last -> renames.stream()
                                .allMatch(other -> other == last || other.end() - last.start() < 0 && other.ok()))
                        .filter(last -> kept.containsKey(entry))
                        .forEach(last -> {
                            judgement.judge();
                            if (!kept.get(entry).title().equals(last.result())) {
                                judgement.offend(kept.get(entry) + " lost its title " + last.result());
                            }
                        }));
    }
}
