package dev.latchkey.flow.entry;

/**
 * An entry that one piece of work has for itself, on all replicas, until it lets go or its replica dies.
 *
 * @param hold proves it; every change by that piece of work is made only while it is true
 * @param entry as it was when the hold began
 * @param reloadWanted whether this piece of work should reload it
 */
public record Held(String hold, Entry entry, Life life, boolean reloadWanted) {

    public String entryId() {
        return entry.entryId();
    }
}
