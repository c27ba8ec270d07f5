package dev.latchkey.platform.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.v1.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Events as records of Kafka in the binary content mode of the CloudEvents protocol binding: attributes are headers, the data is
 * the value.
 */
public final class EventRecords {

    private static final String JSON = "application/json";
    private static final String PARTITION_KEY = "partitionkey";
    private static final String SEQUENCE = "sequence";

    private EventRecords() {}

    /** Returns the record of an event. Its {@code sequence} has leading zeros, so that comparing it as text orders it. */
    public static ProducerRecord<String, byte[]> write(String topic, Event event) {
        CloudEventBuilder attributes = new CloudEventBuilder()
                .withId(event.id())
                .withSource(event.source())
                .withType(event.type())
                .withSubject(event.subject())
                .withTime(event.time() == null ? null : event.time().atOffset(ZoneOffset.UTC))
                .withExtension(PARTITION_KEY, event.key());
        if (event.sequence() > 0) {
            attributes.withExtension(SEQUENCE, "%020d".formatted(event.sequence()));
        }
        CloudEvent cloudEvent = event.data() == null
                ? attributes.build()
                : attributes.withData(JSON, event.data()).build();
        return KafkaMessageFactory.createWriter(topic, event.key()).writeBinary(cloudEvent);
    }

    /**
     * Returns the event of a record.
     *
     * @throws UnreadableEventException when it is none
     */
    public static Event read(ConsumerRecord<String, byte[]> record) {
        try {
            CloudEvent event = KafkaMessageFactory.createReader(record).toEvent();
            if (record.key() == null) {
                throw new UnreadableEventException("an event has a key");
            }
            return new Event(
                    event.getId(),
                    event.getSource(),
                    event.getType(),
                    event.getSubject(),
                    event.getTime() == null ? null : event.getTime().toInstant(),
                    record.key(),
                    sequence(event),
                    record.value());
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            throw new UnreadableEventException(
                    "the record at " + record.topic() + "-" + record.partition() + "@" + record.offset()
                            + " is no event: " + e.getMessage(),
                    e);
        }
    }

    private static long sequence(CloudEvent event) {
        Object sequence = event.getExtension(SEQUENCE);
        return sequence == null ? 0 : Long.parseLong(sequence.toString());
    }
}
