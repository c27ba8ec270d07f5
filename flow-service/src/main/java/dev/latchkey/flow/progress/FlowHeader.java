package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.FlowSource;

/**
 * What a flow is from its beginning to its end.
 *
 * @param handler what clients call its handler: the domain, or the entry whose options it changes
 * @param entryId the entry it changes; null when it adds one
 */
record FlowHeader(String id, String domain, String handler, FlowSource source, String entryId) {

    /** Tells whether it changes the options of an entry. Such flows are not seen beside the others. */
    boolean ofOptions() {
        return source == FlowSource.OPTIONS;
    }
}
