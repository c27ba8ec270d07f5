package dev.latchkey.auth.token;

import dev.latchkey.auth.user.Account;

/** What came of redeeming an authorization code. */
sealed interface Redemption {

    /** The code was good; this is what it granted. */
    record Granted(RefreshTokenService.Issued issued, Account account) implements Redemption {}

    /** The code was refused; if it was a good one it is used up all the same. */
    record Refused(OAuthError error) implements Redemption {}
}
