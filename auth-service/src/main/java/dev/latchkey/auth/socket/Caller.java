package dev.latchkey.auth.socket;

import dev.latchkey.auth.user.Account;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.token.AccessToken;

/**
 * Who sends a command.
 *
 * @param account as it is now, not as it was when the connection was opened
 */
public record Caller(Account account, AccessToken token, ClientAddress client) {}
