package dev.latchkey.flow.entry;

/**
 * An entry that one piece of work has for itself, on all replicas, until it lets go or its replica dies.
 *
 * @param hold proves it; every change by that piece of work is made only while it is true
 * @param entry as it was when the hold began
 * @param readable false when its data cannot be decrypted; then there is none
 * @param reload who wanted it to be reloaded when the hold began; null when nobody did
 * @param reloadNumber of that wish; 0 when there was none
 */
public record Held(String hold, Entry entry, Life life, boolean readable, Origin reload, int reloadNumber) {

    public String entryId() {
        return entry.entryId();
    }
}
