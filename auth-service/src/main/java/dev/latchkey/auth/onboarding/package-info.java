/** Owns how a fresh installation gets its first user, who owns it: over REST or from the environment (decision A20). */
package dev.latchkey.auth.onboarding;
