/**
 * Owns the keys of links: every start of a replica draws a boot id, derives its key, and announces itself to the others for as
 * long as it runs (decision S2). Nobody else sees the master secret.
 */
package dev.latchkey.signing.boot;
