/**
 * Owns what an access token is and how one is told from a forgery. Says nothing of revocation, and of nobody's rights.
 */
package dev.latchkey.platform.token;
