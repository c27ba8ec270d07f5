/** Owns how what is scarce is shared out, so that no one client gets all of it. */
package dev.latchkey.platform.limit;
