package dev.latchkey.flow.entry;

import java.time.Instant;

/**
 * An entry without its data: what may be shown.
 *
 * @param uniqueId null when the account or device has no name of its own; not shown to clients
 * @param source how it came: {@code user}, {@code ignore}, …
 * @param reason why it is in its state; null when the state says it all
 * @param disabledBy {@code user}; null when it is not disabled
 */
public record EntrySummary(
        String entryId,
        String domain,
        String title,
        String uniqueId,
        String source,
        EntryState state,
        String reason,
        String disabledBy,
        boolean newEntitiesDisabled,
        boolean pollingDisabled,
        Instant createdAt,
        Instant modifiedAt) {}
