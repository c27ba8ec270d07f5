package dev.latchkey.platform.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads a topic from its beginning to its end and goes on with whatever comes, on a thread of its own; or reads only what comes.
 * It belongs to no group and notes no offsets: whoever keeps a view in memory needs everything again after a start. A Kafka that
 * is away, or a topic that does not exist yet, is waited for.
 */
public final class TopicReader implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRIED_AFTER = Duration.ofMillis(300);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);

    private final String topic;
    private final Map<String, Object> kafka;
    private final TopicListener listener;
    private final boolean onlyWhatComes;
    private final Map<TopicPartition, OffsetAndMetadata> next = new ConcurrentHashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private volatile boolean caughtUp;
    private volatile boolean again;
    private volatile boolean endWanted;
    private volatile long readUpTo;

    /** @param kafka how to reach Kafka, as settings of its clients */
    public TopicReader(String topic, Map<String, Object> kafka, TopicListener listener) {
        this(topic, kafka, listener, false);
    }

    /**
     * Returns a reader for whoever gets to know by other means what was before: it begins at the end of the topic, and says at
     * every {@link TopicListener#gap} that it does.
     *
     * @param kafka how to reach Kafka, as settings of its clients
     */
    public static TopicReader ofWhatComes(String topic, Map<String, Object> kafka, TopicListener listener) {
        return new TopicReader(topic, kafka, listener, true);
    }

    private TopicReader(String topic, Map<String, Object> kafka, TopicListener listener, boolean onlyWhatComes) {
        this.topic = topic;
        this.kafka = kafka;
        this.listener = listener;
        this.onlyWhatComes = onlyWhatComes;
        this.thread = Thread.ofPlatform().daemon().name("read-" + topic).unstarted(this::run);
    }

    /** Starts reading. Returns at once. */
    public void start() {
        thread.start();
    }

    /** Tells whether everything was read that was on the topic when reading began. Once true it stays so while following. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /**
     * Returns the latest moment, by {@link System#nanoTime}, of which it is certain that everything was read that was on the topic
     * then: what is told of from now on was put there later. Only meaningful when it is {@link #caughtUp}.
     */
    public long readUpTo() {
        return readUpTo;
    }

    /** Has {@link #readUpTo} brought up to date, which takes a question to Kafka. */
    public void lookForEnd() {
        endWanted = true;
    }

    /** Begins again, because the topic is not the one that was read before. Until then it is not caught up. */
    public void startOver() {
        caughtUp = false;
        again = true;
    }

    private void run() {
        boolean failing = false;
        try {
            while (stop.getCount() > 0) {
                try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                        KafkaSettings.consumer(kafka, "latchkey-" + topic),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
                    if (assign(consumer)) {
                        failing = false;
                        follow(consumer);
                    }
                } catch (InterruptException e) {
                    return;
                } catch (RuntimeException e) {
                    if (!failing) {
                        failing = true;
                        LOG.warnf("The topic %s cannot be read now: %s", topic, e.getMessage());
                    }
                }
                listener.tick();
                stop.await(RETRIED_AFTER.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // Ends.
        }
    }

    /** Returns false when there is no such topic yet. */
    private boolean assign(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            return false;
        }
        consumer.assign(partitions);
        begin(consumer);
        return true;
    }

    /** Goes where reading ended, or begins where nothing was read yet. */
    private void begin(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> atEnd = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            OffsetAndMetadata offset = next.get(partition);
            if (offset != null) {
                consumer.seek(partition, offset);
            } else if (onlyWhatComes) {
                consumer.seekToEnd(List.of(partition));
                atEnd.add(partition);
            } else {
                consumer.seekToBeginning(List.of(partition));
            }
        }
        // Where the end is, is asked for when every partition has somewhere to go: asking for one asks for all.
        atEnd.forEach(partition -> next.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        if (!atEnd.isEmpty()) {
            listener.gap();
        }
    }

    private void follow(KafkaConsumer<String, byte[]> consumer) {
        Map<TopicPartition, Long> ends = null;
        long askedAt = 0;
        while (stop.getCount() > 0) {
            if (again) {
                again = false;
                next.clear();
                begin(consumer);
                ends = null;
            }
            try {
                if (ends == null && (!caughtUp || endWanted)) {
                    endWanted = false;
                    askedAt = System.nanoTime();
                    ends = consumer.endOffsets(consumer.assignment());
                }
                consumer.poll(POLL).forEach(this::apply);
            } catch (InvalidOffsetException e) {
                // The topic was made anew, or lost what this has read already.
                LOG.warnf("The topic %s is not what it was and is read again: %s", topic, e.getMessage());
                startOver();
                continue;
            }
            if (ends != null && !again && reached(ends, consumer)) {
                ends = null;
                readUpTo = askedAt;
                if (!caughtUp) {
                    caughtUp = true;
                    LOG.infof("The topic %s was read to its end", topic);
                }
            }
            listener.tick();
        }
    }

    /** Control records count as read although no one sees them, so positions are compared and not what was applied. */
    private static boolean reached(Map<TopicPartition, Long> ends, KafkaConsumer<String, byte[]> consumer) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        // With its epoch, by which Kafka tells whether the log was cut before this and written on since.
        next.put(
                new TopicPartition(record.topic(), record.partition()),
                new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
        try {
            listener.apply(EventRecords.read(record));
        } catch (UnreadableEventException e) {
            LOG.errorf("%s", e.getMessage());
            listener.unreadable(e);
        } catch (RuntimeException e) {
            UnreadableEventException unreadable = new UnreadableEventException(
                    "the event at " + record.topic() + "-" + record.partition() + "@" + record.offset()
                            + " could not be taken in",
                    e);
            LOG.error(unreadable.getMessage(), e);
            listener.unreadable(unreadable);
        }
    }

    /** Ends reading. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(ENDS_WITHIN)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
