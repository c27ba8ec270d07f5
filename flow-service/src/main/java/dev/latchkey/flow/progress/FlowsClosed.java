package dev.latchkey.flow.progress;

import java.util.List;

/**
 * Fired in the transaction in which open flows end, with all that it ends. Whoever writes something down because of it does so in
 * one statement.
 *
 * @param flows at least one
 */
public record FlowsClosed(List<FlowClosed> flows) {

    public FlowsClosed {
        flows = List.copyOf(flows);
    }
}
