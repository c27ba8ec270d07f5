/**
 * Owns the entries: what is connected, in which state it is, and how it changes. Nobody else touches their table; whoever needs
 * to know of a change observes {@link dev.latchkey.flow.entry.EntriesChanged}.
 */
package dev.latchkey.flow.entry;
