package dev.latchkey.flow.progress;

import java.util.Map;

/**
 * What of a flow is encrypted at rest.
 *
 * @param memory what its steps remember
 * @param showAdvancedOptions whether whoever started it wants to see everything
 * @param shown its last result; null while the first step has not returned
 */
record FlowState(Map<String, Object> memory, boolean showAdvancedOptions, Shown shown) {

    /** Returns a description without what it holds. */
    @Override
    public String toString() {
        return "FlowState[]";
    }
}
