/**
 * Owns what every HTTP answer has in common: who the client is, bearer authentication, cross-origin rules, and the shape of
 * errors. Knows nothing of what the endpoints do.
 */
package dev.latchkey.auth.http;
