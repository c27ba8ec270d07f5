package dev.latchkey.auth.authorize;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a form of ours sends.
 *
 * @param flowId the hidden field that says which flow is meant
 * @param clientId the hidden field that says which app to go back to when the flow is gone; proves nothing
 * @param action the button that was pressed; null when it is none of ours
 */
record AuthorizeForm(
        String flowId, String clientId, Action action, String username, String password, boolean remember) {

    /** The buttons. */
    enum Action {
        SIGN_IN,
        CANCEL,
        ALLOW,
        REFUSE
    }

    private static final List<String> FIELDS =
            List.of("flow", "client_id", "action", "username", "password", "remember");

    /** Returns what was sent, every absent field empty; nothing when one is repeated. */
    static Optional<AuthorizeForm> of(QueryParameters fields) {
        if (FIELDS.stream().anyMatch(fields::repeats)) {
            return Optional.empty();
        }
        return Optional.of(new AuthorizeForm(
                value(fields, "flow"),
                value(fields, "client_id"),
                action(value(fields, "action")),
                value(fields, "username"),
                value(fields, "password"),
                !value(fields, "remember").isEmpty()));
    }

    private static Action action(String value) {
        return switch (value) {
            case "sign_in" -> Action.SIGN_IN;
            case "cancel" -> Action.CANCEL;
            case "allow" -> Action.ALLOW;
            case "refuse" -> Action.REFUSE;
            default -> null;
        };
    }

    private static String value(QueryParameters fields, String name) {
        return Objects.requireNonNullElse(fields.get(name), "");
    }
}
