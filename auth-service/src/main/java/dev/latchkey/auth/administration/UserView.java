package dev.latchkey.auth.administration;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.auth.user.UserDetails;
import java.util.List;

/** A user as administrators see it on the wire. */
record UserView(
        String id,
        String username,
        String name,
        @JsonProperty("is_owner") boolean owner,
        @JsonProperty("is_active") boolean active,
        @JsonProperty("local_only") boolean localOnly,
        @JsonProperty("system_generated") boolean systemGenerated,
        @JsonProperty("group_ids") List<String> groupIds,
        List<Credential> credentials) {

    record Credential(String type) {}

    /** The answer that holds one user. */
    record Holder(UserView user) {}

    static UserView of(UserDetails user) {
        return new UserView(
                user.account().id(),
                user.username(),
                user.account().name(),
                user.account().owner(),
                user.account().active(),
                user.account().localOnly(),
                user.account().systemGenerated(),
                user.account().sortedGroups(),
                user.credentialTypes().stream().map(Credential::new).toList());
    }
}
