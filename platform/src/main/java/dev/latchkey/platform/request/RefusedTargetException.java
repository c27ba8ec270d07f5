package dev.latchkey.platform.request;

import dev.latchkey.platform.request.TargetResult.Reason;

/** Leaves the reading at the first thing that is wrong. Never leaves this package; has no stack trace, so it costs nothing. */
final class RefusedTargetException extends Exception {

    private final transient Reason reason;

    RefusedTargetException(Reason reason) {
        super(reason.code(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
