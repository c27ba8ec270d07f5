/**
 * Owns what every HTTP answer of every service has in common: who the client is, how it presents a token, which methods there
 * are, and the shape of errors. Knows nothing of what the endpoints do.
 */
package dev.latchkey.platform.http;
