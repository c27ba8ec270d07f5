package dev.latchkey.local.gateway;

import dev.latchkey.platform.http.RequestBody;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.List;
import java.util.Set;

/**
 * Serves files to whoever signing-service lets pass: asks at every request, in the words of Traefik and Caddy, and serves nothing
 * when there is no answer. What has begun goes on to its end.
 */
final class ProtectedFiles implements Handler<HttpServerRequest> {
    static final String PREFIX = "/files/";

    private static final String DECISION = "/authz/forward-auth";
    private static final long DECISION_WITHIN_MS = 5_000;
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    /** What a refusal says beside its status and body. */
    private static final List<String> OF_REFUSALS = List.of(
            "content-type",
            "content-security-policy",
            "www-authenticate",
            "retry-after",
            "referrer-policy",
            "x-content-type-options",
            "vary");

    private final HttpClient client;
    private final FileSettings settings;
    private final RequestOptions question;
    private final Router files;

    ProtectedFiles(Vertx vertx, HttpClient client, FileSettings settings) {
        this.client = client;
        this.settings = settings;
        this.question =
                new RequestOptions().setMethod(HttpMethod.GET).setURI(DECISION).setTimeout(DECISION_WITHIN_MS);
        this.files = Router.router(vertx);
        files.route(PREFIX + "*")
                .handler(StaticHandler.create(
                                FileSystemAccess.ROOT, settings.directory().toString())
                        .setCachingEnabled(false)
                        .setFilesReadOnly(false)
                        .setAlwaysAsyncFS(true)
                        // What is hidden is refused here: the handler would take a hidden folder above this one for
                        // hidden too.
                        .setIncludeHidden(true));
        files.errorHandler(404, context -> Answers.notFound(context.request()));
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (RequestBody.isAnnounced(request)) {
            request.pause();
        }
        SafeRetry.of(request, () -> ask(request))
                .compose(answer -> answer.statusCode() == 200
                        ? Future.succeededFuture(new Verdict(answer, null))
                        : answer.body().map(body -> new Verdict(answer, body)))
                .onSuccess(verdict -> follow(request, verdict))
                .onFailure(failure -> Answers.away(request));
    }

    /** @param refusal null when the request may pass */
    private record Verdict(HttpClientResponse answer, Buffer refusal) {}

    private Future<HttpClientResponse> ask(HttpServerRequest request) {
        return settings.decisions().request(client, question).compose(asking -> {
            asking.putHeader("x-latchkey-gateway", settings.secret())
                    .putHeader("x-forwarded-method", request.method().name())
                    .putHeader("x-forwarded-uri", request.uri());
            for (var name : List.of("authorization", "accept", "x-forwarded-for")) {
                var values = request.headers().getAll(name);
                if (!values.isEmpty()) {
                    asking.putHeader(name, values);
                }
            }
            return asking.send();
        });
    }

    private void follow(HttpServerRequest request, Verdict verdict) {
        if (request.response().closed()) {
            return;
        }
        if (verdict.refusal() != null) {
            refuse(request, verdict);
        } else if (METHODS.contains(request.method())) {
            serve(request);
        } else {
            request.response().putHeader("allow", "GET, HEAD");
            Answers.notAllowed(request);
        }
    }

    private void serve(HttpServerRequest request) {
        // Encoded dots never come this far.
        if (request.path().contains("/.")) {
            Answers.notFound(request);
            request.resume();
            return;
        }
        request.response()
                .putHeader("cache-control", "no-store")
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                // A page among the files has the origin of the sign-in page; this takes it away.
                .putHeader("content-security-policy", "sandbox");
        files.handle(request);
        request.resume();
    }

    private static void refuse(HttpServerRequest request, Verdict verdict) {
        var response = request.response().setStatusCode(verdict.answer().statusCode());
        for (var name : OF_REFUSALS) {
            var value = verdict.answer().getHeader(name);
            if (value != null) {
                response.putHeader(name, value);
            }
        }
        response.putHeader("cache-control", "no-store");
        if (!request.isEnded()) {
            response.putHeader("connection", "close");
        }
        response.end(verdict.refusal());
        request.resume();
    }
}
