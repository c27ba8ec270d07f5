/** Owns the history: who did what to which entry, when, through which flow and from which address. It is only added to. */
package dev.latchkey.flow.audit;
