package dev.latchkey.platform.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** What the head of a request says of its body. */
public final class RequestBody {

    private RequestBody() {}

    /**
     * Tells whether a request announces a body (RFC 9112 section 6). One that announces none has not ended yet either, when it is
     * answered as soon as its head was read.
     */
    public static boolean isAnnounced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }
}
