/**
 * Owns grants: authorization codes, refresh tokens, the access tokens they issue, the keys that sign them, and their
 * revocation. Nothing else writes those tables or signs a token.
 */
package dev.latchkey.auth.token;
