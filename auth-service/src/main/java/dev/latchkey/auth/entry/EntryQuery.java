package dev.latchkey.auth.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.platform.message.MessageSchema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Which entries a client wants.
 *
 * @param domain null: of every integration
 * @param types of integrations; empty: of every type
 */
record EntryQuery(String domain, List<String> types) {

    private static final List<String> HELPERS = List.of("helper");

    /** What a line of a request may hold is 16 kB. */
    private static final int LONGEST = 8 * 1024;

    EntryQuery {
        types = List.copyOf(types);
    }

    /**
     * Reads {@code domain} and {@code type_filter} of a checked message.
     *
     * @throws CommandException {@code invalid_format} when they are longer than any that could be meant
     */
    static EntryQuery of(JsonNode message) throws CommandException {
        List<String> types = new ArrayList<>();
        JsonNode filter = message.path("type_filter");
        if (filter.isTextual()) {
            types.add(filter.textValue());
        } else {
            filter.forEach(type -> types.add(type.textValue()));
        }
        EntryQuery query = new EntryQuery(MessageSchema.text(message, "domain"), types);
        if (query.target().length() > LONGEST) {
            throw new CommandException("invalid_format", "the filter is too long");
        }
        return query;
    }

    /** Returns path and query of the list. */
    String target() {
        List<String> parameters = new ArrayList<>();
        if (domain != null) {
            parameters.add("domain=" + encode(domain));
        }
        types.forEach(type -> parameters.add("type=" + encode(type)));
        return ForwardedCommand.ENTRIES + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
    }

    /**
     * Tells whether entries of an integration are wanted, as the list does. Those of an unknown one are, unless only helpers are.
     *
     * @param type of the integration; null when it is unknown
     */
    boolean wantsType(String type) {
        return types.isEmpty() || (type == null ? !types.equals(HELPERS) : types.contains(type));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
