package dev.latchkey.auth.socket;

import dev.latchkey.auth.token.Authenticator;
import dev.latchkey.auth.token.RefreshTokenService;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.auth.user.Admission;
import dev.latchkey.platform.http.DatabaseOutage;
import dev.latchkey.platform.token.AccessToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Decides whether an authenticated connection is still served. */
@ApplicationScoped
class SocketAdmission {

    private final Accounts accounts;
    private final Authenticator authenticator;
    private final RefreshTokenService grants;
    private final Clock clock;

    SocketAdmission(Accounts accounts, Authenticator authenticator, RefreshTokenService grants, Clock clock) {
        this.accounts = accounts;
        this.authenticator = authenticator;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * Returns who the connection belongs to as of now; null when the grant was revoked or has ended, or the user is not
     * served here. A connection of which that cannot be told now is turned away.
     */
    Account accountOf(SocketConnection connection) {
        try {
            return find(connection);
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isBehind(e)) {
                throw e;
            }
            connection.turnAway();
            return null;
        }
    }

    private Account find(SocketConnection connection) {
        return !authenticator.stands(connection.token().grantId()) || hasEnded(connection)
                ? null
                : accounts.find(connection.token().userId())
                        .filter(account -> Admission.of(account, connection.client()) == Admission.ALLOWED)
                        .orElse(null);
    }

    /** A connection outlives the access token that opened it, unless that was the last one of its grant. */
    private boolean hasEnded(SocketConnection connection) {
        AccessToken token = connection.token();
        if (connection.outlivesToken() || token.expiresAt().isAfter(clock.instant())) {
            return false;
        }
        if (!grants.outlivesAccessToken(token.grantId())) {
            return true;
        }
        connection.outliveToken();
        return false;
    }
}
