package dev.latchkey.platform.outbound;

import dev.latchkey.platform.outbound.OutboundResult.Failure;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Puts the many exceptions of a connection into the few words callers can act on. */
final class Failures {

    private Failures() {}

    /** While there is no connection yet. */
    static Failure connecting(Throwable cause) {
        if (has(cause, SSLException.class)) {
            return Failure.TLS_FAILED;
        }
        if (has(cause, ConnectTimeoutException.class) || has(cause, TimeoutException.class)) {
            return Failure.TIMEOUT;
        }
        return has(cause, IOException.class) ? Failure.CONNECT_FAILED : Failure.BAD_RESPONSE;
    }

    /** After the request was sent. */
    static Failure answering(Throwable cause) {
        return has(cause, SSLException.class) ? Failure.TLS_FAILED : Failure.BAD_RESPONSE;
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 10; t = t.getCause(), depth++) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
