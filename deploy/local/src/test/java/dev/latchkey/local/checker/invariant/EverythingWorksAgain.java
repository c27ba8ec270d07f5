package dev.latchkey.local.checker.invariant;

import dev.latchkey.local.checker.history.History;
import java.time.Duration;

/** Liveness: after the last fault everything works again soon. Refusing everything for ever would keep every other rule. */
record EverythingWorksAgain(Duration within) implements Invariant {

    @Override
    public String name() {
        return "L";
    }

    @Override
    public String rule() {
        return "Within " + within.toSeconds() + " s of the last repair everything works on every replica";
    }

    @Override
    public Judgement judge(History history) {
        var judgement = new Judgement.Builder();
        judgement.judge();
        if (history.recovered() == null) {
            judgement.offend("It did not");
        } else if (history.recovered().compareTo(within) > 0) {
            judgement.offend("It took " + history.recovered().toMillis() + " ms");
        }
        return judgement.done();
    }
}
