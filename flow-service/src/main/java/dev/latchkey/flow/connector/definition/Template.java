package dev.latchkey.flow.connector.definition;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places for values: {@code {x}} and {@code {+x}}, the first two kinds of RFC 6570. In a header both insert the
 * value as it is; for addresses see {@link UrlTemplate}.
 *
 * @param text as it was written
 * @param parts what it consists of
 */
public record Template(String text, List<Part> parts) {

    private static final Pattern PLACE = Pattern.compile("\\{(\\+?)([a-zA-Z][a-zA-Z0-9_]{0,63})}");

    public Template {
        parts = List.copyOf(parts);
    }

    /** A piece of a template. */
    public sealed interface Part {}

    /** Text that stays. */
    public record Literal(String text) implements Part {}

    /**
     * A place for a value.
     *
     * @param raw whether the value is inserted as it is also in an address ({@code {+x}})
     */
    public record Place(String name, boolean raw) implements Part {}

    /**
     * @param text the template
     * @throws IllegalArgumentException if it has a brace that is no place for a value
     */
    public static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        int done = 0;
        while (place.find()) {
            addLiteral(parts, text.substring(done, place.start()));
            parts.add(new Place(place.group(2), !place.group(1).isEmpty()));
            done = place.end();
        }
        addLiteral(parts, text.substring(done));
        return new Template(text, parts);
    }

    /** @return the names of the values it needs, in order */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        parts.forEach(part -> {
            if (part instanceof Place place) {
                names.add(place.name());
            }
        });
        return names;
    }

    /** @return the text with the values inserted as they are, or empty when one of them is missing */
    public Optional<String> insert(Map<String, String> values) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Literal literal -> filled.append(literal.text());
                case Place place -> {
                    String value = values.get(place.name());
                    if (value == null) {
                        return Optional.empty();
                    }
                    filled.append(value);
                }
            }
        }
        return Optional.of(filled.toString());
    }

    private static void addLiteral(List<Part> parts, String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new IllegalArgumentException("a brace must begin or end {field} or {+field}");
        }
        if (!text.isEmpty()) {
            parts.add(new Literal(text));
        }
    }
}
