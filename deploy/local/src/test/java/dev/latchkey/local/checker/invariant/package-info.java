/** The rules that no history may break, as pure functions over it. */
package dev.latchkey.local.checker.invariant;
