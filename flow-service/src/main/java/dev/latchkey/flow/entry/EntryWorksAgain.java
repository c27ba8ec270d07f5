package dev.latchkey.flow.entry;

/**
 * Fired in the transaction in which an entry, whose credentials had been refused, is noted to work again: its re-auth flows end
 * (decision F7).
 */
public record EntryWorksAgain(String entryId) {}
