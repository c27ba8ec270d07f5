/**
 * Owns who stands behind a credential at this moment: the token or the link's grant, revocation, and the user. From memory
 * whenever memory is fresh; when in doubt, nobody (decisions S7 and R3).
 */
package dev.latchkey.signing.caller;
