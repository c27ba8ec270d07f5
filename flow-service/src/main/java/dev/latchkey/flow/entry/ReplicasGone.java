package dev.latchkey.flow.entry;

import java.util.List;

/**
 * Fired in the transaction after which replicas are gone: what they were doing is nobody's any more.
 *
 * @param ids of the replicas
 */
public record ReplicasGone(List<String> ids) {

    public ReplicasGone {
        ids = List.copyOf(ids);
    }
}
