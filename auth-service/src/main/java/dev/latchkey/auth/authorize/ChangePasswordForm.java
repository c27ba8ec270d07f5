package dev.latchkey.auth.authorize;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the form about passwords sends.
 *
 * @param token the hidden field
 * @param signOut whether every grant of the person is to end
 */
record ChangePasswordForm(
        String token,
        String username,
        String currentPassword,
        String newPassword,
        String newPasswordAgain,
        boolean signOut) {

    private static final List<String> FIELDS =
            List.of("token", "username", "current_password", "new_password", "new_password_again", "sign_out");

    /** Returns the form as it is at first. */
    static ChangePasswordForm empty(String token) {
        return new ChangePasswordForm(token, "", "", "", "", true);
    }

    /**
     * Returns what was sent, every absent field empty; nothing when one is repeated or cannot be read.
     *
     * @param body {@code application/x-www-form-urlencoded}
     */
    static Optional<ChangePasswordForm> read(String body) {
        QueryParameters fields;
        try {
            fields = QueryParameters.read(body);
        } catch (QueryParameters.MalformedException e) {
            return Optional.empty();
        }
        if (FIELDS.stream().anyMatch(fields::repeats)) {
            return Optional.empty();
        }
        return Optional.of(new ChangePasswordForm(
                value(fields, "token"),
                value(fields, "username"),
                value(fields, "current_password"),
                value(fields, "new_password"),
                value(fields, "new_password_again"),
                !value(fields, "sign_out").isEmpty()));
    }

    private static String value(QueryParameters fields, String name) {
        return Objects.requireNonNullElse(fields.get(name), "");
    }

    /** Says no password. */
    @Override
    public String toString() {
        return "ChangePasswordForm[]";
    }
}
