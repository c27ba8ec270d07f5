package dev.latchkey.auth.token;

import dev.latchkey.auth.user.Account;
import dev.latchkey.platform.token.AccessToken;

/** What an access token is worth when it is presented. */
public sealed interface Verdict {

    /** It is valid; this is who presents it. */
    record Valid(AccessToken token, Account account) implements Verdict {}

    /** It is worth nothing. */
    enum Refused implements Verdict {
        /** It is no token of ours, has expired, was revoked, or its user is not active. */
        INVALID,
        /** Its user is served only from local networks. */
        NOT_LOCAL
    }
}
