package dev.latchkey.auth.token;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Finds grants by their refresh tokens, in the database as it is when asked. One look-up alone is read at once. Those that come
 * while others are being read wait for that to end and are then read together in one statement: a crowd costs few round trips,
 * and few of the connections that all share.
 */
@ApplicationScoped
class GrantLookup {

    private static final String QUERY = """
            select token_hash, id, user_id, credential_id, token_type, client_id, client_name, client_icon,
                access_token_lifetime, created_at, last_used_at, last_used_ip, expire_at
            from refresh_token where token_hash = any(?)
            """;

    private static final int READERS = 2;
    private static final int LARGEST_BATCH = 64;

    private record Wanted(ByteBuffer hash, CompletableFuture<Optional<Grant>> grant) {}

    private final AgroalDataSource database;

    /** Never longer than there are requests, each of which waits for its own. */
    private final Queue<Wanted> waiting = new ConcurrentLinkedQueue<>();

    private final Semaphore readers = new Semaphore(READERS);

    GrantLookup(AgroalDataSource database) {
        this.database = database;
    }

    /**
     * Returns the grant of a refresh token, whether it can still be used or not.
     *
     * @param hash the SHA-256 of the token
     * @throws java.util.concurrent.CompletionException when the database could not be read
     */
    Optional<Grant> find(byte[] hash) {
        Wanted wanted = new Wanted(ByteBuffer.wrap(hash), new CompletableFuture<>());
        waiting.add(wanted);
        if (readers.tryAcquire()) {
            Thread.startVirtualThread(this::readAll);
        }
        return wanted.grant().join();
    }

    /** Looks again after it has made room for another reader: whoever asked before that found none and relies on this one. */
    private void readAll() {
        do {
            try {
                read(nextBatch());
            } finally {
                readers.release();
            }
        } while (!waiting.isEmpty() && readers.tryAcquire());
    }

    private List<Wanted> nextBatch() {
        List<Wanted> batch = new ArrayList<>();
        while (batch.size() < LARGEST_BATCH) {
            Wanted next = waiting.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private void read(List<Wanted> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            Map<ByteBuffer, Grant> found = query(batch);
            batch.forEach(wanted -> wanted.grant().complete(Optional.ofNullable(found.get(wanted.hash()))));
        } catch (SQLException | RuntimeException | Error e) {
            batch.forEach(wanted -> wanted.grant().completeExceptionally(e));
        }
    }

    private Map<ByteBuffer, Grant> query(List<Wanted> batch) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(QUERY)) {
            byte[][] hashes =
                    batch.stream().map(wanted -> wanted.hash().array()).toArray(byte[][]::new);
            statement.setArray(1, connection.createArrayOf("bytea", hashes));
            Map<ByteBuffer, Grant> found = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(ByteBuffer.wrap(rows.getBytes(1)), grant(rows));
                }
            }
            return found;
        }
    }

    private static Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                row.getString(2),
                row.getString(3),
                row.getString(4),
                TokenType.ofWireName(row.getString(5)),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                Duration.ofSeconds(row.getLong(9)),
                instant(row, 10),
                instant(row, 11),
                row.getString(12),
                instant(row, 13));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
