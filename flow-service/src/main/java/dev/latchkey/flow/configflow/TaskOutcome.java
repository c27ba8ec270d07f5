package dev.latchkey.flow.configflow;

/** How the task of a progress step ended. */
public sealed interface TaskOutcome {

    /** It did what it should; the value is what it returned. */
    record Done(Object value) implements TaskOutcome {}

    /** It threw. The cause is logged; a flow goes on by a step of its own, as a rule one that aborts. */
    record Failed(Exception cause) implements TaskOutcome {}
}
