/**
 * Owns links: a path with a signature that works for seconds, as the user whose grant made it (decisions S1 to S5). Pure but for
 * the clock and the keys; who may sign and whether the grant still holds is decided elsewhere.
 */
package dev.latchkey.signing.link;
