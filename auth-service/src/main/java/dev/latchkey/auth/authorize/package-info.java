/**
 * Owns the pages that people see: on which they sign in and let an app act for them, {@code /auth/authorize}; on which they
 * change their password, {@code /auth/change-password}; and the page at {@code /}. They need no JavaScript, send nobody anywhere
 * before the app's addresses were verified, and do what they do through the flows of {@code login}, the codes of {@code token}
 * and the passwords of {@code user}.
 */
package dev.latchkey.auth.authorize;
