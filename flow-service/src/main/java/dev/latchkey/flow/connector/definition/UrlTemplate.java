package dev.latchkey.flow.connector.definition;

import dev.latchkey.flow.connector.definition.Template.Literal;
import dev.latchkey.flow.connector.definition.Template.Part;
import dev.latchkey.flow.connector.definition.Template.Place;
import io.vertx.uritemplate.UriTemplate;
import io.vertx.uritemplate.Variables;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The address of a connection test (RFC 6570 levels 1 and 2). Only the fields that the author put before the path decide where
 * the request goes: {@code {+host}} at the very beginning, or {@code {x}} between {@code https://} and the first slash. No other
 * value can change that.
 */
public final class UrlTemplate {

    private static final Pattern FIXED = Pattern.compile("https?://.*", Pattern.DOTALL);
    private static final Pattern END_OF_AUTHORITY = Pattern.compile("[/?#]");

    private final Template template;
    private final UriTemplate expansion;
    private final Set<String> addressFields;

    private UrlTemplate(Template template, UriTemplate expansion, Set<String> addressFields) {
        this.template = template;
        this.expansion = expansion;
        this.addressFields = addressFields;
    }

    /**
     * @param text the template
     * @throws IllegalArgumentException if it is none, or if a value could decide where the request goes that should not
     */
    public static UrlTemplate parse(String text) {
        Template template = Template.parse(text);
        Set<String> fields;
        if (wholeAddress(template).isPresent()) {
            requirePathBehindAddress(template.parts());
            fields = Set.of(wholeAddress(template).get());
        } else if (FIXED.matcher(text).matches()) {
            fields = authorityFields(template.parts());
        } else {
            throw new IllegalArgumentException("an address begins with http://, https:// or a field such as {+host}");
        }
        try {
            return new UrlTemplate(template, UriTemplate.of(text), fields);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("an address has no spaces or other characters that addresses lack");
        }
    }

    /** @return the names of the values it needs, in order */
    public Set<String> names() {
        return template.names();
    }

    /** @return the field that holds scheme, host and port, for {@code {+host}/api}; else empty */
    public Optional<String> wholeAddressField() {
        return wholeAddress(template);
    }

    /** @return the fields that decide where the request goes; none when that is fixed */
    public Set<String> addressFields() {
        return addressFields;
    }

    /**
     * Expands the template; a slash at the end of the whole address is not doubled, and a value that is missing is nothing.
     *
     * @param values texts by name
     */
    public String expand(Map<String, String> values) {
        Map<String, String> used = new HashMap<>(values);
        wholeAddress(template).ifPresent(name -> used.computeIfPresent(name, (n, value) -> withoutSlash(value)));
        Variables variables = Variables.variables();
        names().forEach(name -> variables.set(name, used.getOrDefault(name, "")));
        return expansion.expandToString(variables);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UrlTemplate url && template.equals(url.template);
    }

    @Override
    public int hashCode() {
        return template.hashCode();
    }

    /** @return the template as it was written */
    @Override
    public String toString() {
        return template.text();
    }

    private static Optional<String> wholeAddress(Template template) {
        return template.parts().getFirst() instanceof Place place && place.raw()
                ? Optional.of(place.name())
                : Optional.empty();
    }

    private static void requirePathBehindAddress(List<Part> parts) {
        if (parts.size() > 1
                && !(parts.get(1) instanceof Literal literal
                        && END_OF_AUTHORITY.matcher(literal.text()).lookingAt())) {
            throw new IllegalArgumentException("behind the field with the address comes a path that begins with /");
        }
    }

    private static Set<String> authorityFields(List<Part> parts) {
        Set<String> fields = new LinkedHashSet<>();
        int schemes = "https://".length();
        for (Part part : parts) {
            switch (part) {
                case Literal literal -> {
                    boolean first = literal == parts.getFirst();
                    int from = first ? Math.min(literal.text().indexOf("://") + 3, schemes) : 0;
                    if (END_OF_AUTHORITY
                            .matcher(literal.text())
                            .region(from, literal.text().length())
                            .find()) {
                        return fields;
                    }
                }
                case Place place -> {
                    if (place.raw()) {
                        throw new IllegalArgumentException(
                                "{+" + place.name() + "} could change the host; write {" + place.name() + "}");
                    }
                    fields.add(place.name());
                }
            }
        }
        return fields;
    }

    private static String withoutSlash(String address) {
        int end = address.length();
        while (end > 0 && address.charAt(end - 1) == '/') {
            end--;
        }
        return address.substring(0, end);
    }
}
