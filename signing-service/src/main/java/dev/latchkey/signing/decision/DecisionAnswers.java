package dev.latchkey.signing.decision;

import dev.latchkey.platform.http.RequestBody;
import dev.latchkey.platform.http.Unauthorized;
import dev.latchkey.signing.decision.Decision.Allowed;
import dev.latchkey.signing.decision.Decision.Credential;
import dev.latchkey.signing.decision.Decision.Denied;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Says a decision in the words of a dialect.
 *
 * <p>200 and nothing else lets a request pass. nginx takes what is neither 2xx nor 401 nor 403 for a failure, and closes its
 * connection when an answer has a body; Envoy takes 5xx for a failure, which a deployment may have told it to let pass. So both
 * get 403 when nobody can tell, and nginx never gets a body.
 */
@ApplicationScoped
class DecisionAnswers {

    private static final CharSequence CACHE_CONTROL = HttpHeaders.createOptimized("Cache-Control");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final String REASON = "X-Latchkey-Reason";

    private final String challenge;
    private final String challengeAfterToken;

    DecisionAnswers(Unauthorized unauthorized) {
        challenge = unauthorized.challenge();
        // RFC 6750 section 3.1: no error code for a request that had no credential.
        challengeAfterToken = challenge.replaceFirst("^Bearer ", "Bearer error=\"invalid_token\", ");
    }

    void send(Dialect dialect, Decision decision, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.headers().add(CACHE_CONTROL, NO_STORE);
        if (request.version() != HttpVersion.HTTP_2 && RequestBody.isAnnounced(request) && !request.isEnded()) {
            // Nobody reads the body of a question, so the connection cannot be used for a next one.
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            response.endHandler(sent -> request.connection().close());
        }
        switch (decision) {
            case Allowed allowed -> {
                Identity.write(allowed.caller(), allowed.reason(), response.headers());
                response.end();
            }
            case Denied denied -> deny(dialect, denied, request);
        }
    }

    private void deny(Dialect dialect, Denied denied, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        switch (denied.reason().outcome()) {
            case UNAUTHENTICATED ->
                response.setStatusCode(401)
                        .putHeader(
                                "WWW-Authenticate",
                                denied.credential() == Credential.NONE ? challenge : challengeAfterToken);
            case UNAVAILABLE -> {
                response.setStatusCode(dialect == Dialect.FORWARD_AUTH ? 503 : 403)
                        .putHeader(REASON, denied.reason().code());
                if (dialect == Dialect.FORWARD_AUTH) {
                    response.putHeader(HttpHeaders.RETRY_AFTER, "1");
                }
            }
            case FORBIDDEN, ALLOWED -> response.setStatusCode(403);
        }
        if (dialect == Dialect.AUTH_REQUEST || denied.reason() == Reason.GATEWAY_UNKNOWN) {
            response.end();
        } else {
            explain(DenialPages.of(denied), request);
        }
    }

    private static void explain(DenialPages page, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        boolean browser = accept != null && accept.contains("text/html");
        response.putHeader(HttpHeaders.CONTENT_TYPE, browser ? "text/html;charset=UTF-8" : "application/json")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (browser) {
            response.putHeader("Content-Security-Policy", DenialPages.POLICY);
        }
        response.end(browser ? page.html() : page.json());
    }
}
