package dev.latchkey.auth.authorize;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** {@code /}: says what runs here, and where apps find the metadata (IndieAuth section 4.1.1). */
@Path("/")
@RunOnVirtualThread
class WelcomeResource {

    private final Pages pages;

    WelcomeResource(Pages pages) {
        this.pages = pages;
    }

    @GET
    public Response welcome(@HeaderParam("Accept-Language") String acceptLanguage) {
        Language language = Language.preferred(acceptLanguage);
        return pages.answer(200, new Pages.Welcome(pages.frame(language)), language)
                .header("Link", "</.well-known/oauth-authorization-server>; rel=\"indieauth-metadata\"")
                .build();
    }

    /** Apps that look for the metadata may ask for the headers alone (IndieAuth section 4.1). */
    @HEAD
    public Response headers(@HeaderParam("Accept-Language") String acceptLanguage) {
        return welcome(acceptLanguage);
    }
}
