package dev.latchkey.platform.http;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Tells whether something failed only because the database was away, so that the caller may try again. */
public final class DatabaseOutage {

    private DatabaseOutage() {}

    /** Returns true if the failure, or what caused it, is a connection to the database that broke or could not be had. */
    public static boolean isBehind(Throwable failure) {
        return isBehind(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean isBehind(Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        if (failure instanceof SQLException e && isOutage(e)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (isBehind(suppressed, seen)) {
                return true;
            }
        }
        return isBehind(failure.getCause(), seen);
    }

    /**
     * Classes of PostgreSQL's error codes (its manual, appendix A): 08 connection exception, 53 insufficient resources, 57
     * operator intervention: shut down, crashed, not up yet. What the connection pool says has no code; the driver always
     * has one.
     */
    private static boolean isOutage(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
    }
}
