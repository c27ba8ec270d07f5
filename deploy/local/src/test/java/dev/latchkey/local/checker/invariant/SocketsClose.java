package dev.latchkey.local.checker.invariant;

import dev.latchkey.local.checker.history.Fault;
import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * W: the server closes the sockets of a dead grant by itself. A process that is frozen meanwhile has as long again from when it goes
 * on; one that is cut off has not: it closes what it cannot vouch for. What ended with its process, or well before the death, says
 * nothing.
 */
record SocketsClose(Duration within) implements Invariant {
    private static final Duration BEFORE = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "W";
    }

    @Override
    public String rule() {
        return "The WebSockets of a grant are closed within " + within.toSeconds() + " s after its death";
    }

    @Override
    public Judgement judge(History history) {
        var deaths = Deaths.all(history);
        var judgement = new Judgement.Builder();
        history.of(Kind.HOLD)
                .filter(held -> held.outcome() != Outcome.UNKNOWN && deaths.containsKey(held.subject()))
                .filter(held -> held.start() - deaths.get(held.subject()) > -BEFORE.toNanos())
                .forEach(held -> {
                    judgement.judge();
                    var late = held.start() - due(held, deaths.get(held.subject()), history.faults());
                    if (held.ok() || late > 0) {
                        judgement.offend(history.told(held) + ", " + late / 1_000_000 + " ms late", held.at());
                    }
                });
        return judgement.done();
    }

    private long due(Operation held, long death, List<Fault> faults) {
        var due = death + within.toNanos();
        for (var fault : faults) {
            if (fault.stopped().contains(held.at()) && fault.start() - due <= 0 && fault.end() - death >= 0) {
                due = Math.max(due, fault.end() + within.toNanos());
            }
        }
        return due;
    }
}
