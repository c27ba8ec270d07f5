/**
 * Owns how a fresh installation gets its first user, who owns it: over REST or from the environment (decision A20), and how the
 * owner gets from there to an app.
 */
package dev.latchkey.auth.onboarding;
