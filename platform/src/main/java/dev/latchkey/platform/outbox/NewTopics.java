package dev.latchkey.platform.outbox;

import dev.latchkey.platform.event.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jboss.logging.Logger;

/** Makes the topics of a service and sees to it that a new one is told everything, in the transaction that remembers so. */
final class NewTopics {

    private static final Logger LOG = Logger.getLogger(NewTopics.class);

    private static final String KNOWN = "select 1 from outbox_topic where name = ? and topic_id = ?";

    private static final String REMEMBER = """
            insert into outbox_topic (name, topic_id) values (?, ?)
            on conflict (name) do update set topic_id = excluded.topic_id
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
        connection.setAutoCommit(false);
        try {
            for (Map.Entry<String, String> topic : idByName.entrySet()) {
                prepare(connection, topic.getKey(), topic.getValue());
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

    private void prepare(Connection connection, String name, String topicId) throws SQLException {
        if (isKnown(connection, name, topicId)) {
            return;
        }
        TopicFacts facts = publication.facts().get(name);
        if (facts != null) {
            LOG.infof("The topic %s is new and is told everything", name);
            facts.addTo(connection);
        }
        try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
            statement.setString(1, name);
            statement.setString(2, topicId);
            statement.executeUpdate();
        }
    }

    private static boolean isKnown(Connection connection, String name, String topicId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            statement.setString(1, name);
            statement.setString(2, topicId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
