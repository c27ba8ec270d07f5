/** Owns the socket commands by which signed-in people see and manage what they granted ({@code spec/auth.md} 1.9). */
package dev.latchkey.auth.account;
