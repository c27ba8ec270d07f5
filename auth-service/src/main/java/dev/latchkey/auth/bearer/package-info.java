/** Owns how an HTTP request proves who makes it: the bearer mechanism, and the first endpoint that asks for it. */
package dev.latchkey.auth.bearer;
