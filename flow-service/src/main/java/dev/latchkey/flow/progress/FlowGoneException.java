package dev.latchkey.flow.progress;

import dev.latchkey.platform.http.MessageException;

/** There is no such flow, or not any more. */
class FlowGoneException extends MessageException {

    private static final long serialVersionUID = 1;

    FlowGoneException() {
        super(404, "Invalid flow specified");
    }
}
