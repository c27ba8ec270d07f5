/**
 * Child processes: started, noticed when they die, started again, and ended with their owner.
 *
 * <p>Owns process ids and pid files; nobody else ends a process.
 */
package dev.latchkey.local.supervision;
