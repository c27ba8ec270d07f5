/**
 * The reverse proxy in front of the services of a local run.
 *
 * <p>Owns routing, the canonical form of request targets and what a service is told about the client's connection.
 * Decides nothing about who may do what.
 */
package dev.latchkey.local.gateway;
