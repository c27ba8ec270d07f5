package dev.latchkey.local.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;

/** The gateway's own answers: JSON with a sentence. */
final class Answers {
    private static final long LINGER_MS = 500;
    private static final String JSON = "application/json";
    private static final String AWAY = message("The service is away for a moment.");

    private Answers() {}

    static void badTarget(HttpServerRequest request) {
        send(request, 400, "The request target is not in canonical form.");
    }

    static void badHost(HttpServerRequest request) {
        send(request, 400, "The request must name exactly one host.");
    }

    static void notFound(HttpServerRequest request) {
        send(request, 404, "Not found");
    }

    static void notAllowed(HttpServerRequest request) {
        send(request, 405, "Method Not Allowed");
    }

    static void away(HttpServerRequest request) {
        request.response().putHeader("retry-after", "1");
        send(request, 503, AWAY, true);
    }

    static ProxyResponse away(ProxyRequest request) {
        return request.release()
                .response()
                .setStatusCode(503)
                .putHeader("content-type", JSON)
                .putHeader("retry-after", "1")
                .putHeader("cache-control", "no-store")
                .setBody(Body.body(Buffer.buffer(AWAY)));
    }

    static ProxyResponse badBody(ProxyRequest request, Throwable why) {
        var status = why instanceof WholeBody.Unfit unfit ? unfit.status() : 400;
        var sentence = switch (status) {
            case 408 -> "The body of the request took too long.";
            case 413 -> "The body of the request is too large.";
            default -> "The body of the request did not come whole.";
        };
        closeSoon(request.proxiedRequest());
        return request.release()
                .response()
                .setStatusCode(status)
                .putHeader("content-type", JSON)
                .putHeader("cache-control", "no-store")
                .setBody(Body.body(Buffer.buffer(message(sentence))));
    }

    /** Leaves a client that still sends a moment to read the answer: a connection closed on it would take it away. */
    private static void closeSoon(HttpServerRequest request) {
        request.response().putHeader("connection", "close");
        request.resume();
        Vertx.currentContext()
                .owner()
                .setTimer(LINGER_MS, end -> request.connection().close());
    }

    private static void send(HttpServerRequest request, int status, String sentence) {
        send(request, status, message(sentence), false);
    }

    private static void send(HttpServerRequest request, int status, String body, boolean keep) {
        var response = request.response().setStatusCode(status);
        if (response.ended() || response.headWritten()) {
            return;
        }
        if (!keep && !request.isEnded()) {
            // What is left of the body is not read, so the connection cannot be used for a next request.
            response.putHeader("connection", "close");
        }
        response.putHeader("content-type", JSON)
                .putHeader("cache-control", "no-store")
                .end(body);
    }

    private static String message(String sentence) {
        return "{\"message\":\"" + sentence + "\"}";
    }
}
