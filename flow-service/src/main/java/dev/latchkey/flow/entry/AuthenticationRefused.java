package dev.latchkey.flow.entry;

/**
 * Fired when the credentials of an entry were refused, after that is committed and outside any transaction, on a thread that may
 * wait. The engine starts a re-auth flow unless one is open ({@code spec/flows.md} 4.3). Fired again whenever they are refused again.
 *
 * @param reason what the remote side or the reporter said, without secrets; null when nothing
 */
public record AuthenticationRefused(String entryId, String reason) {}
