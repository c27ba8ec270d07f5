package dev.latchkey.auth.token;

import dev.latchkey.auth.user.Accounts;
import dev.latchkey.auth.user.SignInsEnded;
import dev.latchkey.auth.user.UserSignedOut;
import dev.latchkey.platform.revocation.Revocation;
import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.platform.services.ServicesConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Status;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Takes grants back: the refresh token is deleted, and its id remembered until the last access token and the last link it made
 * have expired, in one statement however many there are; the transaction also has the event by which the other services know.
 * When a method returns and its transaction has committed, no access token of the grant is accepted here any more, and the event
 * was published ({@link PublishedRevocations}).
 */
@ApplicationScoped
public class GrantRevocation {

    /** Covers an access token that was being signed while its grant was revoked, and clocks that differ. */
    private static final long MARGIN_SECONDS = 60;

    private static final String TOKEN_REVOKED = "token_revoked";

    private static final String REVOKE_WHERE = """
            with gone as (
                delete from refresh_token where %s
                returning id, user_id,
                    greatest(
                        case when token_type = 'long_lived_access_token' then created_at else cast(:now as timestamptz) end
                            + make_interval(secs => access_token_lifetime + :margin),
                        cast(:now as timestamptz) + make_interval(secs => :link + :margin)) as expires_at
            ), parted as (
                select *, (row_number() over (partition by user_id order by id) - 1) / :most as part from gone
            )
            insert into revoked_grant (id, user_id, revoked_at, expires_at, event_key)
            select id, user_id, :now, expires_at, min(id) over (partition by user_id, part) from parted
            returning id, user_id, expires_at, event_key
            """;

    private final EntityManager database;
    private final Accounts accounts;
    private final PublishedRevocations published;
    private final Event<GrantsRevoked> revoked;
    private final Event<SignInsEnded> signInsEnded;
    private final Clock clock;
    private final long longestLinkSeconds;

    GrantRevocation(
            EntityManager database,
            Accounts accounts,
            PublishedRevocations published,
            Event<GrantsRevoked> revoked,
            Event<SignInsEnded> signInsEnded,
            Clock clock,
            ServicesConfig services) {
        this.database = database;
        this.accounts = accounts;
        this.published = published;
        this.revoked = revoked;
        this.signInsEnded = signInsEnded;
        this.clock = clock;
        this.longestLinkSeconds = services.longestLink().toSeconds();
    }

    /** Revokes the grant of a refresh token. Does nothing when there is no such token. */
    public void revokeBySecret(String refreshToken) {
        inTransaction(
                () -> revokeWhere(TOKEN_REVOKED, "token_hash = :hash", Map.of("hash", Secrets.sha256(refreshToken))));
    }

    /** Revokes one grant of a user. Returns false when the user has no such grant. */
    public boolean revoke(String userId, String grantId) {
        return inTransaction(() -> revokeWhere(
                        TOKEN_REVOKED, "user_id = :user and id = :id", Map.of("user", userId, "id", grantId)))
                > 0;
    }

    /**
     * Revokes a user's grants, with those that are being made at this moment: whoever makes one holds the user. Sign-ins
     * under way, of which a grant of the kind would come, end too.
     *
     * @param type the kind that ends, as {@link TokenType#wireName()}; null for every kind
     * @param exceptGrantId the one that stays; null when none does
     */
    public void revokeAll(String userId, String type, String exceptGrantId) {
        revokeAll("signed_out", userId, type, exceptGrantId);
    }

    private void revokeAll(String cause, String userId, String type, String exceptGrantId) {
        inTransaction(() -> {
            accounts.lock(userId);
            if (type == null || type.equals(TokenType.NORMAL.wireName())) {
                signInsEnded.fire(new SignInsEnded(userId));
            }
            return revokeManyWhere(
                    cause,
                    "user_id = :user and (:type = '' or token_type = :type) and id <> :except",
                    Map.of("user", userId, "type", orEmpty(type), "except", orEmpty(exceptGrantId)));
        });
    }

    /** Revokes what a code granted that is redeemed again. Does nothing when it is gone already. */
    void revokeGrantOfReusedCode(String grantId) {
        inTransaction(() -> revokeWhere("code_reused", "id = :id", Map.of("id", grantId)));
    }

    /**
     * Ends grants that nobody used for their idle lifetime, and those behind long-lived access tokens whose time is over.
     * Returns how many there were.
     */
    int revokeExpired() {
        return inTransaction(() -> revokeManyWhere(
                "expired",
                "(expire_at < :end or token_type = 'long_lived_access_token'"
                        + " and created_at + make_interval(secs => access_token_lifetime) < :end)",
                Map.of("end", clock.instant())));
    }

    void endGrants(@Observes UserSignedOut signedOut) {
        revokeAll("access_ended", signedOut.userId(), null, signedOut.exceptGrantId());
    }

    /**
     * Joins the caller's transaction. Without one, opens its own, and once more when the database chose to end it for the
     * sake of another: taking access away should not fail because of what else goes on.
     */
    private static int inTransaction(Callable<Integer> revocation) {
        if (QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            return QuarkusTransaction.joiningExisting().call(revocation);
        }
        try {
            return QuarkusTransaction.requiringNew().call(revocation);
        } catch (RuntimeException e) {
            if (!lostToAnother(e)) {
                throw e;
            }
            return QuarkusTransaction.requiringNew().call(revocation);
        }
    }

    /** Class 40 of PostgreSQL's error codes: a deadlock, or a transaction that could not be serialized. */
    private static boolean lostToAnother(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e
                    && ("40P01".equals(e.getSQLState()) || "40001".equals(e.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** Locks the grants in the order of their ids first, as whoever else takes several at once. */
    private int revokeManyWhere(String cause, String condition, Map<String, ?> parameters) {
        TypedQuery<Tuple> lock =
                nativeQuery("select id from refresh_token where " + condition + " order by id for update");
        parameters.forEach(lock::setParameter);
        return lock.getResultList().isEmpty() ? 0 : revokeWhere(cause, condition, parameters);
    }

    private int revokeWhere(String cause, String condition, Map<String, ?> parameters) {
        Instant now = clock.instant();
        TypedQuery<Tuple> statement = nativeQuery(REVOKE_WHERE.formatted(condition))
                .setParameter("now", now)
                .setParameter("margin", MARGIN_SECONDS)
                .setParameter("link", longestLinkSeconds)
                .setParameter("most", Revocation.MOST_IN_ONE_EVENT);
        parameters.forEach(statement::setParameter);
        List<Tuple> gone = statement.getResultList();
        if (!gone.isEmpty()) {
            published.add(revocations(gone, cause, now));
            revoked.fire(new GrantsRevoked(
                    gone.stream().collect(Collectors.toMap(GrantRevocation::id, GrantRevocation::expiry))));
        }
        return gone.size();
    }

    private static List<Revocation> revocations(List<Tuple> gone, String cause, Instant now) {
        return gone.stream()
                .collect(Collectors.groupingBy(row -> row.get("event_key", String.class)))
                .entrySet()
                .stream()
                .map(event -> new Revocation(
                        event.getKey(),
                        event.getValue().getFirst().get("user_id", String.class),
                        cause,
                        now,
                        event.getValue().stream()
                                .collect(Collectors.toMap(GrantRevocation::id, GrantRevocation::expiry))))
                .toList();
    }

    private static String id(Tuple row) {
        return row.get("id", String.class);
    }

    private static Instant expiry(Tuple row) {
        return row.get("expires_at", Instant.class);
    }

    @SuppressWarnings("unchecked")
    private TypedQuery<Tuple> nativeQuery(String sql) {
        return (TypedQuery<Tuple>) database.createNativeQuery(sql, Tuple.class);
    }
}
