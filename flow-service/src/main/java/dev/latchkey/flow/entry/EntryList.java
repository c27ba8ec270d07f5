package dev.latchkey.flow.entry;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads what lists show of entries: one query, nothing decrypted. */
@ApplicationScoped
class EntryList {

    private static final String COLUMNS = """
            select id, domain, title, unique_id, source, state, reason, disabled_by, pref_disable_new_entities,
                pref_disable_polling, created_at, modified_at
            from config_entry
            """;
    private static final String ALL = COLUMNS + " order by position";
    private static final String OF_DOMAIN = COLUMNS + " where domain = ? order by position";
    private static final String ONE = COLUMNS + " where id = ?";

    private static final int ROWS_AT_ONCE = 2_000;

    private final AgroalDataSource database;
    private final EntryViews views;

    EntryList(AgroalDataSource database, EntryViews views) {
        this.database = database;
        this.views = views;
    }

    /**
     * Gives every entry that a filter wants to a consumer, which does not block, oldest first. Within a transaction, without which
     * PostgreSQL does not send rows in parts.
     */
    @Transactional
    void each(EntryFilter filter, Consumer<EntrySummary> consumer) {
        Map<String, Boolean> wanted = new HashMap<>();
        read(filter.domain() == null ? ALL : OF_DOMAIN, filter.domain(), entry -> {
            if (wanted.computeIfAbsent(
                    entry.domain(), domain -> filter.wantsType(views.type(domain), views.knows(domain)))) {
                consumer.accept(entry);
            }
        });
    }

    /** Returns one entry. */
    Optional<EntrySummary> find(String entryId) {
        EntrySummary[] found = new EntrySummary[1];
        read(ONE, entryId, entry -> found[0] = entry);
        return Optional.ofNullable(found[0]);
    }

    private void read(String query, String parameter, Consumer<EntrySummary> consumer) {
        if (parameter != null && parameter.indexOf('\0') >= 0) {
            // PostgreSQL keeps no NUL, and refuses to look for one.
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            if (parameter != null) {
                statement.setString(1, parameter);
            }
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    consumer.accept(summary(rows));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Entries could not be read", e);
        }
    }

    private static EntrySummary summary(ResultSet row) throws SQLException {
        return new EntrySummary(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                EntryState.of(row.getString(6)),
                row.getString(7),
                row.getString(8),
                row.getBoolean(9),
                row.getBoolean(10),
                row.getTimestamp(11).toInstant(),
                row.getTimestamp(12).toInstant());
    }
}
