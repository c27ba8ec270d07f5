package dev.latchkey.auth.user;

import java.util.Arrays;
import java.util.Optional;

/** The groups a user can be in. Their ids are part of the interface. */
public enum Group {
    /** May do everything. */
    ADMIN("system-admin"),
    /** May use everything, change no configuration. */
    USERS("system-users"),
    /** May look, not touch. */
    READ_ONLY("system-read-only"),
    /** Workers that read the credentials of entries and introspect tokens. */
    INTEGRATIONS("system-integrations");

    private final String id;

    Group(String id) {
        this.id = id;
    }

    /** Returns the id used in answers, claims and the database. */
    public String id() {
        return id;
    }

    /** Returns the group of an id, or nothing when there is none. */
    public static Optional<Group> of(String id) {
        return Arrays.stream(values()).filter(group -> group.id.equals(id)).findFirst();
    }
}
