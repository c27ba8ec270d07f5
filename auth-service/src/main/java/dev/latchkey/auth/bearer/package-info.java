/** Owns how auth-service judges the bearers of its own tokens, and the first endpoint that asks for one. */
package dev.latchkey.auth.bearer;
