/** The pacing of a run. */
package dev.latchkey.local.checker.time;
