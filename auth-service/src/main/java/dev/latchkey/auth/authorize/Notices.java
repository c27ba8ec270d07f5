package dev.latchkey.auth.authorize;

import dev.latchkey.auth.authorize.Pages.Notice;
import dev.latchkey.auth.client.ClientId;
import dev.latchkey.auth.login.LoginFlow;
import dev.latchkey.auth.user.Admission;
import dev.latchkey.platform.http.DatabaseOutage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The pages on which a sign-in ends without a redirect. None sends a person anywhere; some have an ordinary link. */
@ApplicationScoped
class Notices {

    /** The longest value of a request that is repeated on a page. */
    private static final int LONGEST_SHOWN = 300;

    private static final Logger LOG = Logger.getLogger(Notices.class);

    private final Pages pages;

    Notices(Pages pages) {
        this.pages = pages;
    }

    /** Says what is wrong with an app's request. */
    ResponseBuilder fault(Fault fault, String code, AuthorizationRequest request, Visit visit) {
        Texts texts = pages.texts(visit.language());
        Pages.AppFault page = new Pages.AppFault(
                fault.meaning(texts),
                fault.remedy(texts),
                fault.error(),
                code,
                request == null ? null : cut(request.clientId()),
                request == null ? null : cut(request.redirectUri()),
                pages.frame(visit.language()));
        return pages.answer(400, page, visit.language());
    }

    /** Tells how the first user is made. */
    ResponseBuilder ownerMissing(Visit visit) {
        return pages.answer(
                409, new Pages.OwnerMissing(visit.publicAddress(), pages.frame(visit.language())), visit.language());
    }

    /** Says that nothing was shared, and links to the app by the address that tells it so. */
    ResponseBuilder cancelled(LoginFlow flow, Visit visit) {
        Texts texts = pages.texts(visit.language());
        String link = AuthorizationResponse.denied(flow.redirectUri(), flow.state(), visit.publicAddress());
        String target = AppView.target(flow.redirectUri());
        return notice(200, texts.cancelledTitle(), texts.cancelled(), null, link, texts.goTo(target), visit);
    }

    /**
     * Says that a flow cannot be continued.
     *
     * @param claimedClientId the app that the form names. It is linked to only if the browser vouches that the form is ours
     */
    ResponseBuilder expired(String claimedClientId, Visit visit) {
        Texts texts = pages.texts(visit.language());
        Optional<ClientId> app = visit.provablyOurs() ? ClientId.parse(claimedClientId) : Optional.empty();
        return notice(
                400,
                texts.expiredTitle(),
                texts.expired(),
                null,
                app.map(ClientId::value).orElse(null),
                app.map(id -> texts.goTo(id.host())).orElse(null),
                visit);
    }

    /** Says that somebody else's page sent the request. */
    ResponseBuilder foreign(Visit visit) {
        Texts texts = pages.texts(visit.language());
        return notice(403, texts.foreignTitle(), texts.foreign(), null, null, null, visit);
    }

    /** Says why somebody who gave the right password is not let in. */
    ResponseBuilder blocked(Admission admission, Visit visit) {
        Texts texts = pages.texts(visit.language());
        String reason = switch (admission) {
            case INACTIVE -> texts.blockedInactive();
            case NOT_LOCAL -> texts.blockedRemote();
            case ALLOWED -> throw new IllegalArgumentException("whoever is allowed is not blocked");
        };
        return notice(403, texts.blockedTitle(), reason, texts.askOwner(), null, null, visit);
    }

    /**
     * Says that we failed, and to the log why.
     *
     * @param what failed, as the beginning of a sentence
     */
    Response failed(String what, RuntimeException e, Visit visit) {
        Texts texts = pages.texts(visit.language());
        boolean outage = DatabaseOutage.isBehind(e);
        ResponseBuilder answer =
                notice(outage ? 503 : 500, texts.unexpectedTitle(), texts.unexpected(), null, null, null, visit);
        if (outage) {
            LOG.warnf("%s failed because the database is away: %s", what, e.getMessage());
            return answer.header("Retry-After", 1).build();
        }
        LOG.errorf(e, "%s failed unexpectedly", what);
        return answer.build();
    }

    /**
     * Builds the end of a road.
     *
     * @param detail a second sentence; null when there is none
     * @param link where to go from here; null when there is none
     * @param linkText what the link says
     */
    ResponseBuilder notice(
            int status, String title, String message, String detail, String link, String linkText, Visit visit) {
        Notice page = new Notice(title, message, detail, link, linkText, pages.frame(visit.language()));
        return pages.answer(status, page, visit.language());
    }

    private static String cut(String value) {
        return value == null || value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "…";
    }
}
