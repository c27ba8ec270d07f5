/**
 * How services tell each other what happened: CloudEvents 1.0 on Kafka topics, and reading such a topic from its beginning. Knows
 * the form of events and the settings of topics, not what any event means.
 */
package dev.latchkey.platform.event;
