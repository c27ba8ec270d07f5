package dev.latchkey.local.checker.invariant;

import dev.latchkey.local.checker.history.History;

/** A rule over histories. Implementations are pure functions. */
public interface Invariant {

    /** Its short name, such as {@code I1}. */
    String name();

    /** What it demands, in a sentence. */
    String rule();

    /** Looks whether a history keeps it. */
    Judgement judge(History history);
}
