/**
 * Owns login flows: the steps by which a person proves who they are and what comes of it, an authorization code. The JSON API
 * for apps' own front ends is here; the page that needs no JavaScript is in {@code authorize} and uses the same flows.
 */
package dev.latchkey.auth.login;
