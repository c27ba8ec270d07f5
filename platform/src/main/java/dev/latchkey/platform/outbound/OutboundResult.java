package dev.latchkey.platform.outbound;

import java.net.http.HttpHeaders;
import java.util.Locale;

/** How a request ended. There is no fourth way: nothing is thrown. */
public sealed interface OutboundResult {

    /**
     * An answer, whatever its status.
     *
     * @param status the HTTP status
     * @param headers the response headers, names case-insensitive
     * @param body what was read of the body, content codings undone, at most the bytes asked for
     * @param end why the body ends where it does
     * @param finalUrl the address that answered
     * @param redirected whether {@code finalUrl} was reached through a redirect
     */
    record Response(int status, HttpHeaders headers, byte[] body, BodyEnd end, String finalUrl, boolean redirected)
            implements OutboundResult {

        /** @return whether {@code body} is the whole body */
        public boolean complete() {
            return end == BodyEnd.COMPLETE;
        }
    }

    /** No connection was made, on purpose. */
    record Refused(Refusal reason) implements OutboundResult {}

    /** A connection was tried and brought no answer. */
    record Failed(Failure reason) implements OutboundResult {}

    /** Why a body ends. */
    enum BodyEnd {
        /** It is all there. */
        COMPLETE,
        /** It was longer than asked for. */
        CUT,
        /** The time was up before its end. */
        TIMED_OUT,
        /** The peer closed the connection or sent nonsense before its end. */
        BROKEN_OFF
    }

    /** Why a request was refused. */
    enum Refusal {
        /** Not an http(s) address that can be requested unambiguously. */
        INVALID_URL,
        /** A port outside the allow-list. */
        PORT_NOT_ALLOWED,
        /** A special-use address, or a name that stands for one. */
        ADDRESS_NOT_ALLOWED,
        /** The platform's own address. */
        OWN_ADDRESS,
        /** As many requests as allowed are under way. */
        BUSY;

        /** @return the stable code, for example {@code address_not_allowed} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why there is no answer. */
    enum Failure {
        /** The name does not resolve. */
        UNKNOWN_HOST,
        /** No connection: refused, reset, unreachable. */
        CONNECT_FAILED,
        /** The TLS handshake failed, or the certificate is not the host's. */
        TLS_FAILED,
        /** The time was up before the headers came. */
        TIMEOUT,
        /** What came is not HTTP, or its headers are too long or too many. */
        BAD_RESPONSE,
        /** The body is in a coding that was not asked for and cannot be undone. */
        UNKNOWN_CODING;

        /** @return the stable code, for example {@code connect_failed} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
