/** Owns the socket command by which a person has a path signed; signing-service signs it ({@code spec/auth.md} 1.9; decision S1). */
package dev.latchkey.auth.signedpath;
