package dev.latchkey.auth.user;

import java.util.List;
import java.util.Set;

/**
 * What is known of a user at one moment.
 *
 * @param id 32 hexadecimal digits
 * @param name shown to people; not unique
 * @param owner true for the one user that onboarding made
 * @param active false when the user may not sign in or be served
 * @param localOnly true when the user is served only from local networks
 * @param systemGenerated true for users that stand for the platform or a service, not a person
 * @param groups ids of {@link Group}
 */
public record Account(
        String id,
        String name,
        boolean owner,
        boolean active,
        boolean localOnly,
        boolean systemGenerated,
        Set<String> groups) {

    public Account {
        groups = Set.copyOf(groups);
    }

    /** Tells whether the user may change configuration and other users. */
    public boolean admin() {
        return owner || (active && groups.contains(Group.ADMIN.id()));
    }

    /** Tells whether the user is a service: made by the platform, or a worker in {@link Group#INTEGRATIONS}. */
    public boolean service() {
        return systemGenerated || groups.contains(Group.INTEGRATIONS.id());
    }

    /** Returns the group ids in a stable order. */
    public List<String> sortedGroups() {
        return groups.stream().sorted().toList();
    }
}
