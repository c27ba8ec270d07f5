package dev.latchkey.local.checker.history;

import java.util.Set;

/**
 * Something that was broken for a while.
 *
 * @param name what, for people
 * @param blinded the processes that it kept from hearing of revocations or from asking about them; empty when it kept nobody
 * @param stopped the processes that it froze or killed
 * @param start by {@link System#nanoTime()}, when it was broken
 * @param end when its repair began; a killed process is only started then
 */
public record Fault(String name, Set<String> blinded, Set<String> stopped, long start, long end) {

    /** Copies the sets. */
    public Fault {
        blinded = Set.copyOf(blinded);
        stopped = Set.copyOf(stopped);
    }

    /** Whether it was there at a moment. */
    public boolean at(long moment) {
        return moment - start >= 0 && moment - end <= 0;
    }

    /** Whether it kept anybody from hearing or asking. */
    public boolean blinding() {
        return !blinded.isEmpty();
    }

    /** Whether somebody could not hear or ask at a moment because of it. */
    public boolean blinds(String process, long moment) {
        return blinded.contains(process) && at(moment);
    }
}
