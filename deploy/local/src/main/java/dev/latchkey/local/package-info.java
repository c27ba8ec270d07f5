/**
 * The launcher behind {@code latchkey up}: puts the platform together on one machine.
 *
 * <p>Owns the home directory, the settings and the order of start and stop. What a child process is, and how it is
 * kept alive, belongs to {@code supervision}; what reaches a service from outside belongs to {@code gateway}.
 */
package dev.latchkey.local;
