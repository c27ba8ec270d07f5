/**
 * Owns the pages on which a person signs in and lets an app act for them: {@code /auth/authorize}, and the page at {@code /}.
 * They need no JavaScript, send nobody anywhere before the app's addresses were verified, and do what they do through the
 * flows of {@code login} and the codes of {@code token}.
 */
package dev.latchkey.auth.authorize;
