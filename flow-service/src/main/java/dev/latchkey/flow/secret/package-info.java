/** Owns the keys that encrypt what flow-service stores, and their rotation. Nobody else reads them from the configuration. */
package dev.latchkey.flow.secret;
