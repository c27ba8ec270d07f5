/**
 * Owns the flows: how they are started, continued, kept, and ended, and what clients see of them. Nobody else touches their table;
 * whoever wants a flow to start or end fires the events of {@code dev.latchkey.flow.entry}.
 */
package dev.latchkey.flow.progress;
