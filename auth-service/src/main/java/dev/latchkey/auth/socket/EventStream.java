package dev.latchkey.auth.socket;

import java.util.Optional;

/**
 * The events of one subscription: they go to the client under the id of the command that made it, until the client unsubscribes
 * or the connection ends. Every method may be called by any thread.
 */
public interface EventStream {

    /**
     * Sends an event and waits until it is on its way; does nothing when the subscription is over.
     *
     * @param event JSON
     */
    void send(String event);

    /** Tells whether nobody listens any more. */
    boolean isOver();

    /** Has something done once when the subscription is over; at once when it already is. */
    void whenOver(Runnable task);

    /**
     * Returns who listens, as of now. When they may not listen any more, the subscription is over, and so is the connection when
     * it may not be served any more. May block on the database; needs no request.
     */
    Optional<Caller> caller();
}
