/**
 * Owns every HTTP request to an address that somebody else chose: it is resolved once, judged, and the connection goes to
 * exactly the address that was judged, in bounded time and memory. No service opens such a connection by other means.
 */
package dev.latchkey.platform.outbound;
