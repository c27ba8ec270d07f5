package dev.latchkey.local.checker.invariant;

import dev.latchkey.local.checker.history.Fault;
import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * I8: what nobody issued is never let in, and while a verifier cannot hear or ask, nothing that was dead before it went blind
 * comes back to life. Only what a verifier answered while it was blind itself counts as judged.
 */
record NothingOpens(Duration bound) implements Invariant {

    @Override
    public String name() {
        return "I8";
    }

    @Override
    public String rule() {
        return "While Kafka, PostgreSQL or auth-service is away nothing opens: no forged token, no foreign path, no dead grant";
    }

    @Override
    public Judgement judge(History history) {
        var deaths = Deaths.all(history);
        var judgement = new Judgement.Builder();
        for (var operation : history.operations()) {
            var death = deaths.get(operation.subject());
            var forged = operation.kind() == Kind.FORGE;
            var dead = (operation.kind() == Kind.VERIFY || operation.kind() == Kind.FOLLOW)
                    && death != null
                    && operation.start() - death > bound.toNanos();
            if (!forged && !dead) {
                continue;
            }
            var inTheDark = duringOne(history.faults(), operation);
            if (inTheDark && operation.outcome() != Outcome.UNKNOWN) {
                judgement.judge();
            }
            if (operation.ok() && (forged || inTheDark)) {
                judgement.offend(history.told(operation), operation.at());
            }
        }
        return judgement.done();
    }

    private static boolean duringOne(List<Fault> faults, Operation operation) {
        return faults.stream().anyMatch(fault -> fault.blinds(operation.at(), operation.start()));
    }
}
