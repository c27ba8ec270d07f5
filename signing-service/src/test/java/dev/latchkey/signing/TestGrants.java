package dev.latchkey.signing;

import dev.latchkey.platform.bearer.GrantCheck;
import dev.latchkey.platform.token.AccessToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.*;

@ApplicationScoped
class TestGrants implements GrantCheck {
    @Override
    public CompletionStage<Boolean> isLive(AccessToken token, String compact) {
        return CompletableFuture.completedFuture(true);
    }
}
