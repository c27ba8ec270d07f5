/**
 * Owns when entries are set up, probed, reloaded and taken down, and which replica does it. Nobody else asks an integration whether
 * an entry works, and nobody else moves an entry from one state to another.
 */
package dev.latchkey.flow.setup;
