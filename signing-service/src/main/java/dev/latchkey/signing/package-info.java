/** Owns what all of signing-service shares: its configuration, the checks before it starts, the clock. */
package dev.latchkey.signing;
