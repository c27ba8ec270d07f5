package dev.latchkey.auth.authorize;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.client.ClientDirectory;
import dev.latchkey.auth.client.ClientVerdict.Allowed;
import dev.latchkey.auth.login.LoginFlow;
import dev.latchkey.auth.login.LoginFlowService;
import dev.latchkey.auth.user.Admission;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.TooManySignInsException;
import dev.latchkey.auth.user.Username;
import dev.latchkey.auth.user.VerifiedCredential;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;

/** The first page: which app asks, and who is there. */
@ApplicationScoped
class SignInStep {

    private final LoginFlowService flows;
    private final PasswordProvider passwords;
    private final ClientDirectory clients;
    private final AppNames names;
    private final Pages pages;
    private final Notices notices;
    private final ConsentStep consent;
    private final AuthConfig config;

    SignInStep(
            LoginFlowService flows,
            PasswordProvider passwords,
            ClientDirectory clients,
            AppNames names,
            Pages pages,
            Notices notices,
            ConsentStep consent,
            AuthConfig config) {
        this.flows = flows;
        this.passwords = passwords;
        this.clients = clients;
        this.names = names;
        this.pages = pages;
        this.notices = notices;
        this.consent = consent;
        this.config = config;
    }

    /** Starts a flow for an app that was verified. */
    Response begin(AuthorizationRequest request, Allowed verdict, Visit visit) {
        LoginFlow flow = flows.start(
                request.codeRequest(), request.state(), true, visit.client().address());
        AppView app = AppView.of(verdict, names.of(verdict, visit.client().address()), flow.redirectUri());
        return page(200, app, flow, "", visit.local(), null, visit)
                .cookie(FlowCookie.give(flow, visit.secure(), config.loginFlowLifetime()))
                .build();
    }

    /** Judges a username and password. The flow stays open until they are right. */
    Response signIn(LoginFlow flow, AuthorizeForm form, Visit visit) {
        Optional<VerifiedCredential> verified;
        try {
            verified = passwords.verify(knowable(form.username()), form.password());
        } catch (TooManySignInsException e) {
            return again(503, flow, form, pages.texts(visit.language()).tooMany(), visit)
                    .header("Retry-After", 1)
                    .build();
        }
        if (verified.isEmpty()) {
            return again(400, flow, form, pages.texts(visit.language()).wrongPassword(), visit)
                    .build();
        }
        Admission admission = Admission.of(verified.get().account(), visit.client());
        if (admission != Admission.ALLOWED) {
            flows.end(flow);
            return notices.blocked(admission, visit)
                    .cookie(FlowCookie.remove(flow, visit.secure()))
                    .build();
        }
        return flows.signedIn(
                        flow, verified.get(), form.remember(), visit.client().address())
                .map(next -> consent.ask(flow, next, verified.get().account(), visit))
                .orElseGet(() -> notices.expired(flow.clientId(), visit).build());
    }

    /** Ends the flow of somebody who does not want to sign in. */
    Response cancel(LoginFlow flow, Visit visit) {
        flows.end(flow);
        return notices.cancelled(flow, visit)
                .cookie(FlowCookie.remove(flow, visit.secure()))
                .build();
    }

    private ResponseBuilder again(int status, LoginFlow flow, AuthorizeForm form, String alert, Visit visit) {
        if (!(clients.verify(flow.clientId(), flow.redirectUri(), visit.client().address())
                instanceof Allowed verdict)) {
            return notices.expired(flow.clientId(), visit);
        }
        AppView app = AppView.of(verdict, verdict.app().name(), flow.redirectUri());
        return page(status, app, flow, knowable(form.username()), form.remember(), alert, visit);
    }

    private ResponseBuilder page(
            int status, AppView app, LoginFlow flow, String username, boolean remember, String alert, Visit visit) {
        Pages.SignIn page = new Pages.SignIn(
                app, flow.id(), username, remember, alert, status == 400, pages.frame(visit.language()));
        return pages.answer(status, page, visit.language());
    }

    /** Returns a username that can be looked up; what nobody can be called becomes what nobody is called. */
    static String knowable(String username) {
        return Username.isAcceptable(Username.normalize(username)) ? username : "";
    }
}
