package dev.latchkey.auth.authorize;

import dev.latchkey.auth.metadata.PublicAddresses;
import dev.latchkey.auth.user.Admission;
import dev.latchkey.auth.user.PasswordHasher;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.TooManySignInsException;
import dev.latchkey.auth.user.UserException;
import dev.latchkey.auth.user.VerifiedCredential;
import dev.latchkey.platform.http.RemoteAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * {@code /auth/change-password}: a person who knows the present password sets another, on one form and without a session. It is
 * where {@code /.well-known/change-password} leads.
 */
@Path(ChangePasswordResource.PATH)
@RunOnVirtualThread
class ChangePasswordResource {

    static final String PATH = "/auth/change-password";

    /** The field that the present password is in, which stands for the username too: which of the two is wrong is not said. */
    private static final String CURRENT = "current_password";

    private static final String NEXT = "new_password";

    private final PasswordProvider passwords;
    private final Pages pages;
    private final Notices notices;
    private final PublicAddresses addresses;
    private final RemoteAddress remoteAddress;

    ChangePasswordResource(
            PasswordProvider passwords,
            Pages pages,
            Notices notices,
            PublicAddresses addresses,
            RemoteAddress remoteAddress) {
        this.passwords = passwords;
        this.pages = pages;
        this.notices = notices;
        this.addresses = addresses;
        this.remoteAddress = remoteAddress;
    }

    @GET
    public Response open(@Context HttpServerRequest http) {
        Visit visit = visit(http);
        String token = FormToken.of(visit);
        return page(200, ChangePasswordForm.empty(token), null, "", visit)
                .cookie(FormToken.give(token, visit))
                .build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@Context HttpServerRequest http, String body) {
        Visit visit = visit(http);
        if (visit.foreign()) {
            return refused(403, visit);
        }
        return ChangePasswordForm.read(body)
                .filter(form -> FormToken.matches(form.token(), visit))
                .map(form -> change(form, visit))
                .orElseGet(() -> refused(400, visit));
    }

    private Response change(ChangePasswordForm form, Visit visit) {
        PasswordTexts texts = pages.passwordTexts(visit.language());
        // Before anything is hashed, which is what a crowd at the door waits for.
        if (!PasswordHasher.isAcceptable(form.newPassword())) {
            String alert = texts.unacceptable(PasswordHasher.MIN_LENGTH, PasswordHasher.MAX_LENGTH);
            return page(400, form, alert, NEXT, visit).build();
        }
        if (!form.newPassword().equals(form.newPasswordAgain())) {
            return page(400, form, texts.differ(), NEXT, visit).build();
        }
        try {
            Optional<VerifiedCredential> verified = passwords.verify(form.username(), form.currentPassword());
            if (verified.isEmpty()) {
                return page(400, form, texts.wrong(), CURRENT, visit).build();
            }
            Admission admission = Admission.of(verified.get().account(), visit.client());
            if (admission != Admission.ALLOWED) {
                return notices.blocked(admission, visit).build();
            }
            passwords.changePassword(verified.get(), form.newPassword(), form.signOut());
        } catch (TooManySignInsException e) {
            return page(503, form, texts.tooMany(), "", visit)
                    .header("Retry-After", 1)
                    .build();
        } catch (UserException e) {
            // The new one is acceptable, so it is the present one: it was changed a moment ago.
            return page(400, form, texts.wrong(), CURRENT, visit).build();
        }
        return notices.notice(
                        200,
                        texts.changedTitle(),
                        texts.changed(),
                        form.signOut() ? texts.signedOut() : null,
                        null,
                        null,
                        visit)
                .cookie(FormToken.remove(visit))
                .build();
    }

    @ServerExceptionMapper
    public Response unexpected(RuntimeException e, @Context HttpServerRequest http) {
        return notices.failed("A change of a password", e, visit(http));
    }

    private Response refused(int status, Visit visit) {
        PasswordTexts texts = pages.passwordTexts(visit.language());
        return notices.notice(status, texts.refusedTitle(), texts.refused(), null, PATH, texts.openAgain(), visit)
                .build();
    }

    private ResponseBuilder page(int status, ChangePasswordForm form, String alert, String wrong, Visit visit) {
        Pages.ChangePassword page = new Pages.ChangePassword(
                form.token(),
                SignInStep.knowable(form.username()),
                form.signOut(),
                PasswordHasher.MIN_LENGTH,
                alert,
                wrong,
                pages.frame(visit.language()));
        return pages.answer(status, page, visit.language());
    }

    private Visit visit(HttpServerRequest http) {
        return Visit.of(http, addresses, remoteAddress);
    }
}
