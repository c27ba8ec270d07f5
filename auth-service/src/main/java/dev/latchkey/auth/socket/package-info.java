/**
 * Owns {@code /api/websocket}: its handshake, authentication, envelope and limits ({@code spec/auth.md} 1.8). What a command
 * does is in the package of its subject, behind {@link dev.latchkey.auth.socket.SocketCommand}.
 */
package dev.latchkey.auth.socket;
