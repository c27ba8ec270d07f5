package dev.latchkey.platform.outbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summarizingLong;

import dev.latchkey.platform.event.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Makes the topics of a service and sees to it that a new one is told everything, in the transaction that remembers so. */
final class NewTopics {

    private static final Logger LOG = Logger.getLogger(NewTopics.class);

    private static final String KNOWN =
            "select 1 from outbox_topic where name = ? and topic_id = ? and last_offset < ?";

    private static final String REMEMBER = """
            insert into outbox_topic (name, topic_id) values (?, ?)
            on conflict (name) do update set topic_id = excluded.topic_id, last_offset = -1
            """;

    /** Forgets the topic when something was there already, further on than what was just written. */
    private static final String WRITTEN = """
            update outbox_topic set last_offset = ?, topic_id = case when last_offset < ? then topic_id else '' end
            where name = ? returning topic_id
            """;

    private final Publication publication;
    private final Map<String, Object> kafka;

    NewTopics(Publication publication, Map<String, Object> kafka) {
        this.publication = publication;
        this.kafka = kafka;
    }

    /**
     * Makes what is missing. Only for the holder of the lease. Blocks on Kafka and the database.
     *
     * @return the ids of the topics by their names
     */
    Map<String, String> prepare(Connection connection) throws SQLException {
        Map<String, String> idByName = Topics.ensure(publication.topics(), kafka);
        Map<String, Long> endByName = Topics.ends(publication.facts().keySet(), kafka);
        connection.setAutoCommit(false);
        try {
            for (Map.Entry<String, String> topic : idByName.entrySet()) {
                prepare(
                        connection,
                        topic.getKey(),
                        topic.getValue(),
                        endByName.getOrDefault(topic.getKey(), Long.MAX_VALUE));
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
        return idByName;
    }

    /**
     * Remembers how far the topics that can be told everything were written, which are of one partition each.
     *
     * @throws KafkaException when one of them had been written further: its log was cut, by a broker that lost its disk or came
     *     back with an older one; the next {@link #prepare(Connection)} tells it everything
     */
    void written(Connection connection, List<RecordMetadata> places) throws SQLException {
        Map<String, LongSummaryStatistics> offsetsByName = places.stream()
                .filter(place -> publication.facts().containsKey(place.topic()))
                .collect(groupingBy(RecordMetadata::topic, summarizingLong(RecordMetadata::offset)));
        for (Map.Entry<String, LongSummaryStatistics> written : offsetsByName.entrySet()) {
            try (PreparedStatement statement = connection.prepareStatement(WRITTEN)) {
                statement.setLong(1, written.getValue().getMax());
                statement.setLong(2, written.getValue().getMin());
                statement.setString(3, written.getKey());
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next() && row.getString(1).isEmpty()) {
                        throw new KafkaException("the topic " + written.getKey() + " lost what was on it");
                    }
                }
            }
        }
    }

    private void prepare(Connection connection, String name, String topicId, long end) throws SQLException {
        if (isKnown(connection, name, topicId, end)) {
            return;
        }
        TopicFacts facts = publication.facts().get(name);
        if (facts != null) {
            LOG.infof("The topic %s is new, or lost what was on it, and is told everything", name);
            facts.addTo(connection);
        }
        try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
            statement.setString(1, name);
            statement.setString(2, topicId);
            statement.executeUpdate();
        }
    }

    private static boolean isKnown(Connection connection, String name, String topicId, long end) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            statement.setString(1, name);
            statement.setString(2, topicId);
            statement.setLong(3, end);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
