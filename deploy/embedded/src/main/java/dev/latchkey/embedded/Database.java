package dev.latchkey.embedded;

/**
 * A database and the role that owns it.
 *
 * @param jdbcUrl for the PostgreSQL driver, without credentials
 * @param username the owning role
 * @param password the role's password; a secret
 */
public record Database(String jdbcUrl, String username, String password) {
    /** Leaves the password out, so that it cannot reach a log by accident. */
    @Override
    public String toString() {
        return "Database[" + jdbcUrl + ", " + username + "]";
    }
}
