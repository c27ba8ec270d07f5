package dev.latchkey.platform.outbox;

import dev.latchkey.platform.event.Event;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads and empties the table {@code outbox}, on a connection of the relay's own. */
final class OutboxTable {

    /** How many rows are published together: what the relay holds in memory is bounded by this many events. */
    static final int BATCH = 128;

    private static final String OLDEST = """
            select sequence, id, aggregatetype, aggregateid, type, subject, timestamp, payload
            from outbox order by sequence limit
            """ + BATCH;

    private static final String DELETE = "delete from outbox where sequence = any(?)";

    /** Counting stops where it does not matter any more. */
    private static final String BACKLOG = """
            select count(*), coalesce(extract(epoch from clock_timestamp() - min(timestamp)), 0)
            from (select timestamp from outbox order by sequence limit 100000) oldest
            """;

    /**
     * How much is waiting.
     *
     * @param rows how many events, at most 100,000
     * @param oldestAgeSeconds how long ago the oldest one happened; 0 when there is none
     */
    record Backlog(long rows, double oldestAgeSeconds) {}

    private final Connection connection;
    private final URI source;

    OutboxTable(Connection connection, URI source) {
        this.connection = connection;
        this.source = source;
    }

    /** Returns the oldest events, at most {@link #BATCH}, in order. */
    List<OutboxRow> oldest() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OLDEST)) {
            List<OutboxRow> events = new ArrayList<>();
            while (rows.next()) {
                events.add(row(rows));
            }
            return events;
        }
    }

    /** Deletes what was published. */
    void delete(List<OutboxRow> published) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            Object[] sequences =
                    published.stream().map(row -> row.event().sequence()).toArray();
            statement.setArray(1, connection.createArrayOf("bigint", sequences));
            statement.executeUpdate();
        }
    }

    Backlog backlog() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(BACKLOG)) {
            row.next();
            return new Backlog(row.getLong(1), Math.max(0, row.getDouble(2)));
        }
    }

    private OutboxRow row(ResultSet row) throws SQLException {
        String data = row.getString("payload");
        return new OutboxRow(
                row.getString("aggregatetype"),
                new Event(
                        row.getString("id"),
                        source,
                        row.getString("type"),
                        row.getString("subject"),
                        row.getObject("timestamp", OffsetDateTime.class).toInstant(),
                        row.getString("aggregateid"),
                        row.getLong("sequence"),
                        data == null ? null : data.getBytes(StandardCharsets.UTF_8)));
    }
}
