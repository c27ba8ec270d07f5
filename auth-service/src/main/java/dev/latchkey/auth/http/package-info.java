/**
 * Owns what HTTP means at auth-service beyond what all services share: which pages may call it, and how its errors look to
 * clients of OAuth. Knows nothing of what the endpoints do.
 */
package dev.latchkey.auth.http;
