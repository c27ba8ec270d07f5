package dev.latchkey.platform.bearer;

import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.token.AccessToken;
import java.util.Optional;
import java.util.Set;

/**
 * Says what is known now of the user who holds a token, which can be years older. A service that follows the users has such a
 * bean; the others take a token's word for the groups.
 */
public interface HolderCheck {

    /**
     * Returns the groups the user of a token is in now. Never blocks.
     *
     * @param client where the request comes from
     * @return nothing when the user may not be served, or not from there
     */
    Optional<Set<String>> groupsOf(AccessToken token, ClientAddress client);
}
