package dev.latchkey.local.checker.nemesis;

import java.io.IOException;
import java.util.Set;

/**
 * Something that can be broken for a while.
 *
 * @param name what, for people
 * @param blinded the processes that it keeps from hearing of revocations or from asking about them
 * @param stopped the process that it freezes or kills, if it is one
 * @param leastMillis how long it takes until anybody notices
 * @param breaking breaks it
 * @param repairing repairs it
 */
record Wound(
        String name,
        Set<String> blinded,
        Set<String> stopped,
        int leastMillis,
        Breaking breaking,
        Repairing repairing) {

    /** That stops no process, and is noticed at once. */
    Wound(String name, Set<String> blinded, Breaking breaking, Repairing repairing) {
        this(name, blinded, Set.of(), 0, breaking, repairing);
    }

    /** Breaks something, and says whether it is broken now. */
    @FunctionalInterface
    interface Breaking {
        boolean run() throws IOException;
    }

    /** Repairs it. */
    @FunctionalInterface
    interface Repairing {
        void run() throws IOException;
    }
}
