package dev.latchkey.platform.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;

/** How one service answers failures that nobody foresaw, where it knows better than the rules all services share. A bean. */
public interface OwnAnswers {

    /** Returns the answer to a request that failed, or null to leave it to the shared rules. */
    Response to(Throwable failure, HttpServerRequest request);
}
