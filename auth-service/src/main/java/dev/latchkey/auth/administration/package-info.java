/** Owns the socket commands by which administrators manage users and credentials ({@code spec/auth.md} 1.10). */
package dev.latchkey.auth.administration;
