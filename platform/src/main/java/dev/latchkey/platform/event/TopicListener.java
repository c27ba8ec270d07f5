package dev.latchkey.platform.event;

/** Takes what a {@link TopicReader} reads, on one thread at a time. */
public interface TopicListener {

    /**
     * Takes an event. Events can come more than once, and come again from the first one when the topic was made anew. Types and
     * fields that are not known are to be passed over.
     *
     * @throws UnreadableEventException when the data is not what the type promises
     */
    void apply(Event event);

    /** Learns that a record could not be read, and that whatever it said is not known. */
    default void unreadable(UnreadableEventException why) {}

    /** Learns that there may have been events that it was not given and will not be. Called before the first one, too. */
    default void gap() {}

    /** Is called between events, several times a second. */
    default void tick() {}
}
