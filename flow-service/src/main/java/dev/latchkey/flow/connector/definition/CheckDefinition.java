package dev.latchkey.flow.connector.definition;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The connection test.
 *
 * @param method {@code GET} or {@code POST}
 * @param headers by name; one whose template names a field without a value is not sent
 * @param basicAuth null when the remote is not asked with user name and password
 * @param timeout for everything
 * @param outcomes what statuses mean here, before the defaults
 */
public record CheckDefinition(
        String method,
        UrlTemplate url,
        Map<String, Template> headers,
        BasicAuth basicAuth,
        Duration timeout,
        AccountDefinition account,
        List<OutcomeRule> outcomes) {

    public CheckDefinition {
        headers = Map.copyOf(headers);
        outcomes = List.copyOf(outcomes);
    }

    /** User name and password, sent as RFC 7617 says; not sent when one of them is missing. */
    public record BasicAuth(Template username, Template password) {}
}
