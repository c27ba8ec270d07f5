package dev.latchkey.auth.bearer;

import dev.latchkey.auth.token.Authenticator;
import dev.latchkey.auth.token.Verdict;
import dev.latchkey.platform.bearer.BearerAuthority;
import dev.latchkey.platform.bearer.BearerVerdict;
import dev.latchkey.platform.net.ClientAddress;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Judges tokens as only their issuer can: by the database, where memory does not suffice. */
@ApplicationScoped
class OwnTokens implements BearerAuthority {

    private static final BearerVerdict REFUSED = new BearerVerdict.Refused();

    private final Authenticator authenticator;
    private final ExecutorService virtualThreads;

    OwnTokens(Authenticator authenticator, @VirtualThreads ExecutorService virtualThreads) {
        this.authenticator = authenticator;
        this.virtualThreads = virtualThreads;
    }

    @Override
    public CompletionStage<BearerVerdict> judge(String token, ClientAddress client) {
        Verdict known = authenticator.authenticateFromMemory(token, client);
        return known != null
                ? CompletableFuture.completedFuture(shared(known))
                : Uni.createFrom()
                        .item(() -> shared(authenticator.authenticate(token, client)))
                        .runSubscriptionOn(virtualThreads)
                        .subscribeAsCompletionStage();
    }

    private static BearerVerdict shared(Verdict verdict) {
        return verdict instanceof Verdict.Valid valid
                ? new BearerVerdict.Accepted(valid.token(), valid.account().groups())
                : REFUSED;
    }
}
