package dev.latchkey.auth.entry;

import dev.latchkey.auth.entry.FlowServiceCalls.HeldList;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import java.util.Optional;
import java.util.Set;

/** What a subscription is about: a list, and which changes concern it. */
interface Listing {

    /**
     * A list as it was at one moment.
     *
     * @param event what subscribers get: an array of JSON objects with the {@code type} null
     * @param recent ids of those in it whose addition may still have to be told
     */
    record Snapshot(String event, Set<String> recent) {}

    /** A list that is to be closed when it is on its way to the client; others wait for that. */
    record HeldSnapshot(Snapshot snapshot, HeldList list) implements AutoCloseable {

        @Override
        public void close() {
            list.close();
        }
    }

    /** Reads the list now. Blocks. */
    HeldSnapshot read(Caller caller) throws CommandException;

    /** What is made of a list in memory. */
    interface Reading {
        Snapshot of(byte[] json) throws CommandException;
    }

    /** Returns what is made of a list, which stays held; not so when that fails. */
    static HeldSnapshot held(HeldList list, Reading reading) throws CommandException {
        boolean made = false;
        try {
            HeldSnapshot snapshot = new HeldSnapshot(reading.of(list.json()), list);
            made = true;
            return snapshot;
        } finally {
            if (!made) {
                list.close();
            }
        }
    }

    /** Tells whether a change concerns it. Does not block. */
    boolean concerns(Change change);

    /** Returns how an addition is told to whoever has it in the list already; nothing when not at all. */
    Optional<Change> again(Change addition);
}
