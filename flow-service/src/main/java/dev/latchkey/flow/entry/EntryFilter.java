package dev.latchkey.flow.entry;

import java.util.List;

/**
 * Which entries are wanted.
 *
 * @param domain null: of every integration
 * @param types of integrations; empty: of every type
 */
public record EntryFilter(String domain, List<String> types) {

    private static final List<String> HELPERS = List.of("helper");

    public EntryFilter {
        types = List.copyOf(types);
    }

    /**
     * Tells whether entries of an integration are wanted. Those of an unknown one are, unless only helpers are ({@code spec/flows.md} R1).
     *
     * @param type of the integration; {@code hub} when it is unknown
     */
    boolean wantsType(String type, boolean known) {
        return types.isEmpty() || (known ? types.contains(type) : !types.equals(HELPERS));
    }
}
