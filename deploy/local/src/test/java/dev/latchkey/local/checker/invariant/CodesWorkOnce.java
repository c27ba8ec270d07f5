package dev.latchkey.local.checker.invariant;

import static java.util.stream.Collectors.groupingBy;

import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;

/** I2: of all who redeem a code at most one is granted something. */
record CodesWorkOnce() implements Invariant {

    @Override
    public String name() {
        return "I2";
    }

    @Override
    public String rule() {
        return "An authorization code is redeemed at most once";
    }

    @Override
    public Judgement judge(History history) {
        var judgement = new Judgement.Builder();
        history.of(Kind.REDEEM).collect(groupingBy(Operation::subject)).forEach((code, attempts) -> {
            var granted = attempts.stream().filter(Operation::ok).toList();
            // A code that granted nothing to anybody could not have granted it twice.
            if (attempts.size() > 1 && !granted.isEmpty()) {
                judgement.judge();
            }
            if (granted.size() > 1) {
                judgement.offend(code + " was redeemed " + granted.size() + " times: "
                        + granted.stream().map(history::told).toList());
            }
        });
        return judgement.done();
    }
}
