package dev.latchkey.platform.http;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.util.Arrays;

/** Tells a body that its client did not finish, because it left or fell silent, from a failure of ours. */
final class CutOffBody {

    private static final String OURS = "dev.latchkey.";
    private static final int DEEPEST = 10;

    private CutOffBody() {}

    /** Tells whether this was thrown while the framework read a body, before any line of ours. */
    static boolean explains(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (Arrays.stream(cause.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().startsWith(OURS))) {
                return false;
            }
            if (cause instanceof IOException || cause instanceof HttpClosedException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
