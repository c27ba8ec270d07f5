package dev.latchkey.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Takes in the body of a request before a service is asked for anything, so that a client that sends slowly holds a
 * connection of its own and none to a service.
 */
final class WholeBody {
    private final Vertx vertx;
    private final Limits limits;

    WholeBody(Vertx vertx, Limits limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    /**
     * Reads it.
     *
     * @param request paused, with nothing read of it
     * @return all of the body; fails with {@link Unfit}, or because the client left
     */
    Future<Buffer> of(HttpServerRequest request) {
        if (announcedBytes(request) > limits.bodyBytes()) {
            return Future.failedFuture(new Unfit(413));
        }
        var body = Buffer.buffer();
        var whole = Promise.<Buffer>promise();
        var deadline = vertx.setTimer(limits.bodyWithin().toMillis(), late -> whole.tryFail(new Unfit(408)));
        request.handler(chunk -> {
            // What comes after the answer has been given is thrown away.
            if (whole.future().isComplete()) {
                return;
            }
            body.appendBuffer(chunk);
            if (body.length() > limits.bodyBytes()) {
                whole.tryFail(new Unfit(413));
            }
        });
        request.endHandler(end -> whole.tryComplete(body));
        request.exceptionHandler(whole::tryFail);
        request.resume();
        return whole.future().onComplete(done -> vertx.cancelTimer(deadline));
    }

    private static long announcedBytes(HttpServerRequest request) {
        var length = request.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** The body is too large or too late. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;

        private Unfit(int status) {
            super(null, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
