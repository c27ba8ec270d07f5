package dev.latchkey.auth.entry;

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

    /** Reads the list now. Blocks. */
    Snapshot read(Caller caller) throws CommandException;

    /** Tells whether a change concerns it. Does not block. */
    boolean concerns(Change change);

    /** Returns how an addition is told to whoever has it in the list already; nothing when not at all. */
    Optional<Change> again(Change addition);
}
