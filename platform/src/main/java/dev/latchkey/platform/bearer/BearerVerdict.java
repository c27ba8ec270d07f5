package dev.latchkey.platform.bearer;

import dev.latchkey.platform.token.AccessToken;
import java.util.Set;

/** What an access token is worth when it is presented. */
public sealed interface BearerVerdict {

    /**
     * It is valid.
     *
     * @param groups those its user is in, as far as is known now
     */
    record Accepted(AccessToken token, Set<String> groups) implements BearerVerdict {}

    /** It is worth nothing: 401. */
    record Refused() implements BearerVerdict {}

    /** Nobody can tell right now: 503, so that no client takes it for the end of its session. */
    record Unavailable() implements BearerVerdict {}
}
