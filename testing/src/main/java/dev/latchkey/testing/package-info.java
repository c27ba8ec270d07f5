/** Owns what tests of several modules share: counterparts to talk to, requests that no client would send, a clock to move. */
package dev.latchkey.testing;
