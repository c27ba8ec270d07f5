/** Owns the keys that encrypt what flow-service stores. Nobody else reads them from the configuration. */
package dev.latchkey.flow.secret;
