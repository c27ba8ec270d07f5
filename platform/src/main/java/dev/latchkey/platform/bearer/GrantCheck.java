package dev.latchkey.platform.bearer;

import dev.latchkey.platform.token.AccessToken;
import java.util.concurrent.CompletionStage;

/** Says whether the grant behind a token still stands (decisions R2 and R3). */
public interface GrantCheck {

    /**
     * Tells whether the grant of a token was not revoked. Never blocks; the result is there at once whenever memory suffices.
     *
     * @param token verified
     * @param compact the token itself, for whoever has to ask auth-service
     * @return false also when nobody can tell; completing exceptionally refuses the token too
     */
    CompletionStage<Boolean> isLive(AccessToken token, String compact);
}
