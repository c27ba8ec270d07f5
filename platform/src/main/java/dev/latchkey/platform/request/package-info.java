/**
 * Owns what a request asks for: the one strict reading of a request target (RFC 9112 section 3.2.1), and the one way to write
 * it. Pure functions without I/O. Whoever routes, authorizes, signs or verifies by path or query does it on a
 * {@link dev.latchkey.platform.request.RequestTarget}; nobody else splits or decodes one.
 */
package dev.latchkey.platform.request;
