package dev.latchkey.signing.issue;

import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.platform.http.Message;
import dev.latchkey.platform.http.Unauthorized;
import dev.latchkey.platform.message.JsonBody;
import dev.latchkey.platform.message.MessageSchema;
import dev.latchkey.platform.message.MessageSchema.Kind;
import dev.latchkey.signing.link.Links;
import dev.latchkey.signing.link.Signing;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** {@code POST /api/signed_paths}: makes a link that acts as whoever asks for it (decision S1; {@code spec/auth.md} 4.1). */
@Path("/api/signed_paths")
@Produces(MediaType.APPLICATION_JSON)
class SignedPathResource {

    private static final MessageSchema SCHEMA =
            MessageSchema.of(required("path", Kind.STRING), optional("expires", Kind.INTEGER));

    /** The answer. */
    record SignedPath(String path) {}

    private final Signers signers;
    private final Links links;
    private final Unauthorized unauthorized;

    SignedPathResource(Signers signers, Links links, Unauthorized unauthorized) {
        this.signers = signers;
        this.links = links;
        this.unauthorized = unauthorized;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @NonBlocking
    public CompletionStage<Response> sign(@Context HttpServerRequest request, String body) {
        return signers.of(request).thenApply(who -> switch (who) {
            case Signers.May may -> sign(may, body);
            case Signers.MayNot.UNAUTHORIZED -> unauthorized.response();
            case Signers.MayNot.UNAVAILABLE -> new Message("Access tokens cannot be checked at the moment").tryAgain();
        });
    }

    private Response sign(Signers.May signer, String body) {
        JsonNode wanted = JsonBody.read(body, SCHEMA);
        Integer expires = wanted.has("expires") ? wanted.get("expires").intValue() : null;
        return switch (links.sign(signer.signer(), MessageSchema.text(wanted, "path"), expires)) {
            case Signing.Signed signed ->
                Response.ok(new SignedPath(signed.path()))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build();
            case Signing.Refused refused -> new Message(refused.message(), refused.code()).status(400);
        };
    }
}
