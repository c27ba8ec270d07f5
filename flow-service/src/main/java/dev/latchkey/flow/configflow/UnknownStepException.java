package dev.latchkey.flow.configflow;

/** A flow was asked for, or named, a step that it does not have. */
public class UnknownStepException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownStepException(Class<?> flow, String step) {
        super("Handler " + flow.getSimpleName() + " doesn't support step " + step, null, false, false);
    }
}
