package dev.latchkey.flow.entry;

/**
 * Who caused a change.
 *
 * @param userId null: the service itself
 * @param clientId the app that the user uses; null when unknown
 * @param address of the client; null when nobody called
 * @param flowId the flow through which it came; null when none
 */
public record Origin(String userId, String clientId, String address, String flowId) {

    /** What the service does by itself. */
    public static final Origin SERVICE = new Origin(null, null, null, null);

    /** Returns the same origin, through a flow. */
    public Origin through(String flow) {
        return new Origin(userId, clientId, address, flow);
    }
}
