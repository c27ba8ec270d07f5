package dev.latchkey.auth.onboarding;

import dev.latchkey.auth.client.ClientDirectory;
import dev.latchkey.auth.client.ClientVerdict;
import dev.latchkey.auth.token.AuthorizationCodeService;
import dev.latchkey.auth.token.CodeRequest;
import dev.latchkey.auth.token.CodeRequest.CodeKind;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.platform.http.MessageException;
import dev.latchkey.platform.token.AccessToken;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.ForbiddenException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Clock;

/**
 * The last step of onboarding: whoever set the installation up moves on from the page that did it to an app, without signing
 * in a second time. It is done once, when a code was given.
 */
@ApplicationScoped
class IntegrationStep {

    /** What clients call it. */
    static final String NAME = "integration";

    private final OnboardingStepRepository steps;
    private final ClientDirectory clients;
    private final AuthorizationCodeService codes;
    private final Accounts accounts;
    private final Clock clock;

    private volatile boolean seenDone;

    IntegrationStep(
            OnboardingStepRepository steps,
            ClientDirectory clients,
            AuthorizationCodeService codes,
            Accounts accounts,
            Clock clock) {
        this.steps = steps;
        this.clients = clients;
        this.codes = codes;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Tells whether it was done. */
    boolean done() {
        if (!seenDone) {
            seenDone = QuarkusTransaction.joiningExisting().call(() -> steps.isDone(NAME));
        }
        return seenDone;
    }

    /** Leaves the step out, for an installation that nobody clicks through. */
    void skip() {
        QuarkusTransaction.requiringNew().run(() -> steps.finish(NAME, clock.instant()));
    }

    /**
     * Returns a code by which an app can act for the caller. Of many calls at once one gets it.
     *
     * @param from where the caller is
     * @throws MessageException with status 403 when the step was done before or the caller's grant came from no sign-in, 400
     *     for an app that may not have the code
     * @throws ForbiddenException when the caller is no administrator
     */
    String finish(AccessToken caller, String clientId, String redirectUri, InetAddress from) {
        if (done()) {
            throw alreadyDone();
        }
        if (accounts.find(caller.userId()).filter(Account::admin).isEmpty()) {
            throw new ForbiddenException();
        }
        if (!(clients.verify(clientId, redirectUri, from) instanceof ClientVerdict.Allowed)) {
            throw new MessageException(400, "invalid client id or redirect uri");
        }
        CodeRequest request = new CodeRequest(CodeKind.AUTHORIZE, clientId, redirectUri, null);
        return QuarkusTransaction.requiringNew().call(() -> {
            String code = codes.issueUnder(caller.grantId(), caller.userId(), request)
                    .orElseThrow(() -> new MessageException(403, "Credentials for user not available"));
            if (!steps.finish(NAME, clock.instant())) {
                throw alreadyDone();
            }
            return code;
        });
    }

    private static MessageException alreadyDone() {
        return new MessageException(403, "Integration step already done");
    }
}
