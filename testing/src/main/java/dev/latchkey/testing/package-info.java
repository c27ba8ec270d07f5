/** Owns the counterparts that tests of several modules talk to. */
package dev.latchkey.testing;
