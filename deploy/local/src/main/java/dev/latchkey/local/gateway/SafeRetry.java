package dev.latchkey.local.gateway;

import dev.latchkey.platform.http.RequestBody;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Sends a request again whose connection to a service ended before there was an answer: one that was kept open can be closed by the
 * other side in the moment in which it is used again (RFC 9112 section 9.3.1). Only what may be done twice, and has no body.
 */
final class SafeRetry {
    private static final int MOST_TIMES = 3;
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    /** What an external page passes back works once. */
    private static final String SPENDS_A_CODE = "/api/config/config_entries/external/callback";

    private SafeRetry() {}

    /**
     * Tries.
     *
     * @param request of the client, who may have gone meanwhile
     * @param attempt sends it to the service
     */
    static <T> Future<T> of(HttpServerRequest request, Supplier<Future<T>> attempt) {
        return IDEMPOTENT.contains(request.method())
                        && !RequestBody.isAnnounced(request)
                        && !SPENDS_A_CODE.equals(request.path())
                ? upTo(MOST_TIMES, request, attempt)
                : attempt.get();
    }

    /** Closed, or reset; a service that could not be connected to is another matter. */
    private static boolean isOfTheConnection(Throwable failure) {
        return failure instanceof HttpClosedException
                || failure instanceof IOException && !(failure instanceof ConnectException);
    }

    private static <T> Future<T> upTo(int times, HttpServerRequest request, Supplier<Future<T>> attempt) {
        Future<T> sent = attempt.get();
        return times == 1
                ? sent
                : sent.recover(failure ->
                        isOfTheConnection(failure) && !request.response().closed()
                                ? upTo(times - 1, request, attempt)
                                : Future.failedFuture(failure));
    }
}
