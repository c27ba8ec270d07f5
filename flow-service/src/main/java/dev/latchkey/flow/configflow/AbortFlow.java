package dev.latchkey.flow.configflow;

import java.util.Map;

/** Ends a flow with an abort result, from anywhere in a step. */
public class AbortFlow extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient FlowResult result;

    /** Aborts for a reason of the vocabulary or of the integration. */
    public AbortFlow(String reason) {
        this(new FlowResult.Abort(reason, null));
    }

    /** Aborts with values for the sentence that clients make of the reason. */
    public AbortFlow(String reason, Map<String, String> placeholders) {
        this(new FlowResult.Abort(reason, placeholders));
    }

    AbortFlow(FlowResult result) {
        super(null, null, false, false);
        this.result = result;
    }

    /** Returns the result with which the flow ends: an abort, perhaps with a change of an entry. */
    public FlowResult result() {
        return result;
    }
}
