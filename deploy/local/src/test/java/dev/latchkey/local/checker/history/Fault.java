package dev.latchkey.local.checker.history;

/**
 * Something that was broken for a while.
 *
 * @param name what, for people
 * @param blinding whether it keeps a verifier from hearing of revocations or from asking about them
 * @param start by {@link System#nanoTime()}
 * @param end when it was healed; a killed process is only started then
 */
public record Fault(String name, boolean blinding, long start, long end) {

    /** Whether it was there at a moment. */
    public boolean at(long moment) {
        return moment - start >= 0 && moment - end <= 0;
    }
}
