package dev.latchkey.flow.entry;

/** Fired in the transaction that removes an entry: all its flows end (decision F6). */
public record EntryRemoved(String entryId) {}
