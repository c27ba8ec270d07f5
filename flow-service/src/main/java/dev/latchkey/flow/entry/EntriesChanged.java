package dev.latchkey.flow.entry;

import java.util.List;

/**
 * Fired in the transaction that changes entries, with everything that it does to them, in the order in which it happens. Whoever
 * writes something down because of it does so in as few statements as there are kinds of things to write.
 *
 * @param changes at least one
 */
public record EntriesChanged(List<EntryChanged> changes) {

    public EntriesChanged {
        changes = List.copyOf(changes);
    }
}
