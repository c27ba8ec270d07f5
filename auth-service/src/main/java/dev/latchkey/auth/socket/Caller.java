package dev.latchkey.auth.socket;

import dev.latchkey.auth.token.AccessToken;
import dev.latchkey.auth.user.Account;
import java.net.InetAddress;

/**
 * Who sends a command.
 *
 * @param account as it is now, not as it was when the connection was opened
 */
public record Caller(Account account, AccessToken token, InetAddress address) {}
