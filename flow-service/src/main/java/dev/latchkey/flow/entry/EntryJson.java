package dev.latchkey.flow.entry;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * An entry as clients see it ({@code spec/flows.md} 4.1, decision F14). What its keys are, {@link EntryJsonWriter} says.
 *
 * @param entry the entry
 * @param supportsOptions whether it has an options flow
 * @param supportsUnload whether it can be taken down without a restart
 * @param supportsReconfigure whether it has a reconfiguration flow
 */
@JsonSerialize(using = EntryJsonWriter.class)
public record EntryJson(
        EntrySummary entry, boolean supportsOptions, boolean supportsUnload, boolean supportsReconfigure) {}
