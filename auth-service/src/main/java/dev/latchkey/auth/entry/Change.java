package dev.latchkey.auth.entry;

import java.time.Instant;

/**
 * One change of a list, as subscribers are told of it: written once for all of them.
 *
 * @param of which kind of list
 * @param id of the entry or flow
 * @param integrationType null when it is unknown, and for flows
 * @param members of the JSON object, without its {@code type}
 * @param at when it happened, by the clock of flow-service
 */
record Change(Of of, Kind kind, String id, String integrationType, String members, Instant at) {

    /** What is listed. */
    enum Of {
        ENTRIES,
        FLOWS
    }

    /** What can happen to it. */
    enum Kind {
        ADDED("added"),
        UPDATED("updated"),
        REMOVED("removed");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }
    }

    /** Returns this change told as another kind. */
    Change as(Kind other) {
        return new Change(of, other, id, integrationType, members, at);
    }

    String json() {
        return "{\"type\":\"" + kind.wireName + "\"," + members + "}";
    }
}
