/**
 * Owns the documented example of an integration written in Java: the {@code MyConfigFlow} with host and API token of the rules
 * about re-authentication and reconfiguration. Nothing else may depend on it.
 */
package dev.latchkey.flow.example;
