package dev.latchkey.flow.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * One thing that was done to an entry.
 *
 * @param position orders the records of all entries; the larger, the later
 * @param action what: {@code created}, {@code updated}, {@code reloaded}, {@code reauth_required}, {@code reauth_done}, {@code
 *     removed}, {@code credentials_read}
 * @param userId who; null: the service itself
 * @param clientId with which app; null when unknown
 * @param address from where; null when nobody called
 * @param flowId through which flow; null when none
 * @param fields names of what changed; no values
 */
public record HistoryRecord(
        long position,
        Instant at,
        String action,
        @JsonProperty("user_id") String userId,
        @JsonProperty("client_id") String clientId,
        String address,
        @JsonProperty("flow_id") String flowId,
        List<String> fields) {}
