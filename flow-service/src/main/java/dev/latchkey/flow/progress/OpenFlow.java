package dev.latchkey.flow.progress;

import java.util.Map;

/**
 * A flow as it was found.
 *
 * @param uniqueId null when it has set none
 * @param titlePlaceholders the names under which people know what it is about
 * @param revision grows with every step
 */
record OpenFlow(
        FlowHeader header,
        String uniqueId,
        Map<String, String> titlePlaceholders,
        FlowState state,
        boolean ended,
        long revision) {}
