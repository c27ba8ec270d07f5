/** Owns how JSON from strangers is read and checked, for request bodies and socket messages alike. */
package dev.latchkey.platform.message;
