package dev.latchkey.local.checker.nemesis;

import java.io.IOException;

/**
 * Something that can be broken for a while.
 *
 * @param name what, for people
 * @param blinding whether it keeps a verifier from hearing of revocations or from asking about them
 * @param leastMillis how long it takes until anybody notices
 * @param breaking breaks it
 * @param repairing repairs it
 */
record Card(String name, boolean blinding, int leastMillis, Act breaking, Act repairing) {

    /** That is noticed at once. */
    Card(String name, boolean blinding, Act breaking, Act repairing) {
        this(name, blinding, 0, breaking, repairing);
    }

    /** Does it. */
    @FunctionalInterface
    interface Act {
        void run() throws IOException;
    }

    /** Both at once. */
    Card and(Card other) {
        return new Card(
                name + " + " + other.name,
                blinding || other.blinding,
                Math.max(leastMillis, other.leastMillis),
                () -> {
                    breaking.run();
                    other.breaking.run();
                },
                () -> {
                    repairing.run();
                    other.repairing.run();
                });
    }
}
