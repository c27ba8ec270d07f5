package dev.latchkey.signing.caller;

import java.util.List;

/**
 * Who stands behind a credential.
 *
 * @param userName as people know it; null when it is not known here
 * @param groups their ids, sorted
 * @param clientId the app that holds the token; null for a link
 * @param grantId the refresh token behind it, whose end ends it
 */
public record Caller(String userId, String userName, List<String> groups, String clientId, String grantId) {

    public Caller {
        groups = List.copyOf(groups);
    }
}
