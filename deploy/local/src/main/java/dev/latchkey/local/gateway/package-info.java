/**
 * The reverse proxy in front of the services of a local run.
 *
 * <p>Owns routing, the turns that replicas take, and what a service is told about the client's connection. Refuses request targets that
 * {@link dev.latchkey.platform.request} cannot read one way only. Decides nothing about who may do what: about the files
 * that it serves itself, it asks signing-service.
 */
package dev.latchkey.local.gateway;
