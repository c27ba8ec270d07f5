package dev.latchkey.flow.progress;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * An open flow as lists show it ({@code spec/flows.md} 2.1): neither what was entered nor what is asked for.
 *
 * @param stepId the step that waits for input
 */
public record FlowProgress(
        @JsonProperty("flow_id") String flowId,
        String handler,
        Map<String, Object> context,
        @JsonProperty("step_id") String stepId) {}
