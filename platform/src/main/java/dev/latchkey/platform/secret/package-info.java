/** Owns how secrets are drawn, compared, digested and encrypted at rest. Nobody else calls a cipher or a random source. */
package dev.latchkey.platform.secret;
