package dev.latchkey.signing.boot;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One start of one replica, as it is announced.
 *
 * @param replica which replica; its next start takes the place of this one
 * @param id 32 hexadecimal digits, drawn at random
 * @param startedAt milliseconds since the epoch, by the replica's clock
 * @param ended whether this is its farewell
 */
record Boot(
        @JsonProperty("replica") String replica,
        @JsonProperty("boot_id") String id,
        @JsonProperty("started_at") long startedAt,
        @JsonProperty("ended") boolean ended) {

    /** Longer names are refused unread. */
    static final int LONGEST_REPLICA_NAME = 255;

    Boot ending() {
        return new Boot(replica, id, startedAt, true);
    }

    /** Tells whether this can be an announcement, whoever wrote it. */
    boolean isSound() {
        return replica != null
                && !replica.isEmpty()
                && replica.length() <= LONGEST_REPLICA_NAME
                && id != null
                && id.matches("[0-9a-f]{32}");
    }
}
