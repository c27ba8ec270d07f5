package dev.latchkey.platform.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Writes events into the table {@code outbox}, and wakes the relay when the transaction commits. Thread-safe.
 *
 * <p>Relies on a datasource that gives the connection of the current transaction to whoever asks for one inside it, as
 * those of Quarkus do.
 */
public final class JdbcOutbox implements Outbox {

    /** The most characters that the JSON of one event may have. Kafka takes records of a megabyte. */
    public static final int MAX_DATA_LENGTH = 192 * 1024;

    /** On which the relays listen. */
    static final String CHANNEL = "outbox";

    private static final String INSERT = """
            with added as (
                insert into outbox (id, aggregatetype, aggregateid, type, subject, timestamp, payload)
                select id, topic, key, type, subject, time, data::json
                from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[])
                    with ordinality as event(id, topic, key, type, subject, time, data, place)
                order by place
                returning 1
            )
            select pg_notify('%s', '') from added limit 1
            """.formatted(CHANNEL);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource database;

    /** @param database which also holds what the events tell of */
    public JdbcOutbox(DataSource database) {
        this.database = database;
    }

    @Override
    public void addAll(List<OutboxEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            if (connection.getAutoCommit()) {
                throw new IllegalStateException("an event belongs to the transaction that it tells of");
            }
            insert(connection, events);
        } catch (SQLException e) {
            throw new OutboxException(e);
        }
    }

    /** Adds events to the transaction of a connection. */
    static void insert(Connection connection, List<OutboxEvent> events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            set(statement, 1, "uuid", events, event -> UUID.randomUUID());
            set(statement, 2, "text", events, OutboxEvent::topic);
            set(statement, 3, "text", events, OutboxEvent::key);
            set(statement, 4, "text", events, OutboxEvent::type);
            set(statement, 5, "text", events, OutboxEvent::subject);
            set(statement, 6, "timestamptz", events, event -> event.time().atOffset(ZoneOffset.UTC));
            set(statement, 7, "text", events, JdbcOutbox::json);
            statement.execute();
        }
    }

    private static void set(
            PreparedStatement statement,
            int place,
            String type,
            List<OutboxEvent> events,
            Function<OutboxEvent, Object> column)
            throws SQLException {
        Object[] values = events.stream().map(column).toArray();
        statement.setArray(place, statement.getConnection().createArrayOf(type, values));
    }

    private static String json(OutboxEvent event) {
        return event.data() == null ? null : json(event.type(), event.data());
    }

    /** Returns the data of an event as JSON. */
    static String json(String type, Map<String, Object> data) {
        try {
            String json = JSON.writeValueAsString(data);
            if (json.length() > MAX_DATA_LENGTH) {
                throw new IllegalArgumentException("an event of type " + type + " is too large");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the data of an event of type " + type + " is no JSON", e);
        }
    }
}
