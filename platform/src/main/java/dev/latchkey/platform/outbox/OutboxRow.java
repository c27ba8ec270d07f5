package dev.latchkey.platform.outbox;

import dev.latchkey.platform.event.Event;

/** A committed event that is still to be published. */
record OutboxRow(String topic, Event event) {}
