package dev.latchkey.auth.socket;

/**
 * What a command returns that goes on after its answer.
 *
 * @param result written by Jackson; null for null
 * @param next run when the answer is on its way, or cannot be sent
 */
public record Continued(Object result, Runnable next) {}
