package dev.latchkey.platform.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * The right to publish, which one replica has at a time, so that events keep their order. It is a row that the holder renews, and
 * not a lock of its session, because a replica that is frozen keeps its sessions. The right is about who tries; that a former
 * holder cannot publish late is seen to by Kafka ({@link Publisher}).
 */
final class OutboxLease {

    /** How long a replica that died holds up the others. */
    static final Duration DURATION = Duration.ofSeconds(2);

    /** How often the holder renews, and the others ask. */
    static final Duration RENEWED_EVERY = Duration.ofMillis(400);

    private static final String TAKE = """
            update outbox_lease set holder = ?, valid_until = clock_timestamp() + make_interval(secs => ?)
            where name = 'relay' and (holder = ? or valid_until < clock_timestamp())
            returning clock_timestamp()
            """;

    private static final String RELEASE =
            "update outbox_lease set valid_until = '-infinity' where name = 'relay' and holder = ?";

    private final Connection connection;
    private final UUID holder;

    OutboxLease(Connection connection, UUID holder) {
        this.connection = connection;
        this.holder = holder;
    }

    /**
     * Takes or renews the right.
     *
     * @return the time by the clock of the database, whatever was committed before which is seen by a query from now on; nothing
     *     when another replica has the right
     */
    Optional<Instant> take() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setObject(1, holder);
            statement.setDouble(2, DURATION.toMillis() / 1000.0);
            statement.setObject(3, holder);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        }
    }

    /** Lets another replica have the right at once. */
    void release() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setObject(1, holder);
            statement.executeUpdate();
        }
    }
}
