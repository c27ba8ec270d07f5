package dev.latchkey.flow.audit;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads and adds to the table of the history. Takes part in the transaction of its caller. */
@ApplicationScoped
class HistoryRepository {

    private static final String FIELD_SEPARATOR = "\n";

    private static final String INSERT = """
            insert into entry_history (entry_id, at, action, user_id, client_id, address, flow_id, fields)
            select entry_id, at, action, user_id, client_id, address, flow_id,
                case when fields = '' then '{}' else string_to_array(fields, E'\\n') end
            from unnest(?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                with ordinality as h(entry_id, at, action, user_id, client_id, address, flow_id, fields, place)
            order by place
            """;

    private static final String PAGE = """
            select position, at, action, user_id, client_id, address, flow_id, fields from entry_history
            where entry_id = ? and position < ? order by position desc limit ?
            """;

    private static final String FORGET = """
            delete from entry_history where position in (select position from entry_history where at < ? limit ?)
            """;

    /** A record, and the entry that it is about. */
    record Line(String entryId, HistoryRecord what) {}

    private final AgroalDataSource database;

    HistoryRepository(AgroalDataSource database) {
        this.database = database;
    }

    /** Adds records in their order, in one statement. Their positions are given by the database. */
    void add(List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            set(statement, 1, "text", lines, Line::entryId);
            set(statement, 2, "timestamptz", lines, line -> line.what().at().atOffset(ZoneOffset.UTC));
            set(statement, 3, "text", lines, line -> line.what().action());
            set(statement, 4, "text", lines, line -> line.what().userId());
            set(statement, 5, "text", lines, line -> line.what().clientId());
            set(statement, 6, "text", lines, line -> line.what().address());
            set(statement, 7, "text", lines, line -> line.what().flowId());
            set(
                    statement,
                    8,
                    "text",
                    lines,
                    line -> String.join(FIELD_SEPARATOR, line.what().fields()));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The history could not be written", e);
        }
    }

    /** Returns records of an entry, the newest first, that are older than a position. */
    List<HistoryRecord> page(String entryId, long before, int most) {
        if (entryId.indexOf('\0') >= 0) {
            // PostgreSQL keeps no NUL, and refuses to look for one.
            return List.of();
        }
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setString(1, entryId);
            statement.setLong(2, before);
            statement.setInt(3, most);
            List<HistoryRecord> page = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    page.add(read(rows));
                }
            }
            return page;
        } catch (SQLException e) {
            throw new IllegalStateException("The history could not be read", e);
        }
    }

    /** Removes records from before a time. Returns how many; {@code most} when there may be more. */
    int forget(Instant before, int most) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setObject(1, before.atOffset(ZoneOffset.UTC));
            statement.setInt(2, most);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The history could not be shortened", e);
        }
    }

    private static HistoryRecord read(ResultSet row) throws SQLException {
        Array fields = row.getArray(8);
        return new HistoryRecord(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                List.of((String[]) fields.getArray()));
    }

    private static void set(
            PreparedStatement statement, int place, String type, List<Line> lines, Function<Line, Object> column)
            throws SQLException {
        Object[] values = lines.stream().map(column).toArray();
        statement.setArray(place, statement.getConnection().createArrayOf(type, values));
    }
}
