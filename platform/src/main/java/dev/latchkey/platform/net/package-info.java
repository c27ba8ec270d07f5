/**
 * Owns what an address is: strict parsing of IP literals, CIDR lists and web addresses, and the answer to "whose address is
 * this request from". Pure functions without I/O; nobody else parses an address or reads {@code X-Forwarded-For}.
 */
package dev.latchkey.platform.net;
