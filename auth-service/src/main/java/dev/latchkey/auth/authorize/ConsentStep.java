package dev.latchkey.auth.authorize;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.client.ClientDirectory;
import dev.latchkey.auth.client.ClientVerdict;
import dev.latchkey.auth.client.ClientVerdict.Allowed;
import dev.latchkey.auth.login.LoginFlow;
import dev.latchkey.auth.login.LoginFlowService;
import dev.latchkey.auth.token.AuthorizationCodeService;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.auth.user.Admission;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;

/** The second page: whether the person who signed in lets the app act for them. */
@ApplicationScoped
class ConsentStep {

    private final LoginFlowService flows;
    private final AuthorizationCodeService codes;
    private final ClientDirectory clients;
    private final Accounts accounts;
    private final Pages pages;
    private final Notices notices;
    private final AuthConfig config;

    ConsentStep(
            LoginFlowService flows,
            AuthorizationCodeService codes,
            ClientDirectory clients,
            Accounts accounts,
            Pages pages,
            Notices notices,
            AuthConfig config) {
        this.flows = flows;
        this.codes = codes;
        this.clients = clients;
        this.accounts = accounts;
        this.pages = pages;
        this.notices = notices;
        this.config = config;
    }

    /**
     * Asks.
     *
     * @param before the flow as it was before the sign-in, whose cookie is worth nothing any more
     * @param flow the flow as it goes on
     */
    Response ask(LoginFlow before, LoginFlow flow, Account account, Visit visit) {
        return switch (clients.verify(
                flow.clientId(), flow.redirectUri(), visit.client().address())) {
            case Allowed verdict -> {
                AppView app = AppView.of(verdict, verdict.app().name(), flow.redirectUri());
                Pages.Consent page = new Pages.Consent(app, flow.id(), account.name(), pages.frame(visit.language()));
                yield pages.answer(200, page, visit.language(), ContentPolicy.leadingTo(flow.redirectUri()))
                        .cookie(
                                FlowCookie.remove(before, visit.secure()),
                                FlowCookie.give(flow, visit.secure(), config.loginFlowLifetime()))
                        .build();
            }
            case ClientVerdict invalid ->
                notVerifiedAnyMore(flow, invalid, visit)
                        .cookie(FlowCookie.remove(before, visit.secure()))
                        .build();
        };
    }

    /** Gives the app a code, after a last look at the app and at the person. */
    Response allow(LoginFlow flow, Visit visit) {
        ClientVerdict verdict = clients.verify(
                flow.clientId(), flow.redirectUri(), visit.client().address());
        if (!(verdict instanceof Allowed)) {
            return ended(flow, notVerifiedAnyMore(flow, verdict, visit), visit);
        }
        Admission admission = accounts.read(flow.userId())
                .map(account -> Admission.of(account, visit.client()))
                .orElse(Admission.INACTIVE);
        if (admission != Admission.ALLOWED) {
            flows.end(flow);
            return ended(flow, notices.blocked(admission, visit), visit);
        }
        Optional<String> code = QuarkusTransaction.requiringNew()
                .call(() -> accounts.hold(flow.userId()).isPresent() && flows.end(flow)
                        ? Optional.of(
                                codes.issue(flow.codeRequest(flow.clientId()), flow.userId(), flow.credentialId()))
                        : Optional.empty());
        return code.map(granted -> AuthorizationResponse.granted(
                        flow.redirectUri(), granted, flow.state(), visit.publicAddress(), flow.remember()))
                .map(location -> ended(flow, redirect(location), visit))
                .orElseGet(() -> ended(flow, notices.expired(flow.clientId(), visit), visit));
    }

    /** Tells the app that the person refused. */
    Response refuse(LoginFlow flow, Visit visit) {
        if (!flows.end(flow)) {
            return ended(flow, notices.expired(flow.clientId(), visit), visit);
        }
        String location = AuthorizationResponse.denied(flow.redirectUri(), flow.state(), visit.publicAddress());
        return ended(flow, redirect(location), visit);
    }

    private ResponseBuilder notVerifiedAnyMore(LoginFlow flow, ClientVerdict verdict, Visit visit) {
        flows.end(flow);
        return switch (verdict) {
            case ClientVerdict.InvalidRedirectUri(String why) ->
                notices.fault(Fault.ofRedirectUri(why), why, null, visit);
            default -> notices.fault(Fault.CLIENT_ID, "invalid_client_id", null, visit);
        };
    }

    private static ResponseBuilder redirect(String location) {
        // As a text: an app may use characters that java.net.URI refuses.
        return Response.status(303).header("Location", location);
    }

    private static Response ended(LoginFlow flow, ResponseBuilder answer, Visit visit) {
        return answer.cookie(FlowCookie.remove(flow, visit.secure())).build();
    }
}
