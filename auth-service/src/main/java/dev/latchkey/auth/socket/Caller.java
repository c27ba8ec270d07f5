package dev.latchkey.auth.socket;

import dev.latchkey.auth.user.Account;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.token.AccessToken;

/**
 * Who sends a command.
 *
 * @param account as it is now, not as it was when the connection was opened
 * @param token the one that opened the connection; may have expired since
 * @param events what goes to the client after the answer; null unless the command is one that subscribes
 */
public record Caller(Account account, AccessToken token, ClientAddress client, EventStream events) {}
