package dev.latchkey.flow.connector.file;

import dev.latchkey.flow.connector.definition.Template;
import dev.latchkey.flow.connector.definition.UrlTemplate;
import dev.latchkey.flow.form.Field;
import dev.latchkey.flow.form.FieldType;
import dev.latchkey.flow.form.Form;
import dev.latchkey.flow.form.Selector;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads templates, which may only name fields that have a text to insert. */
final class Templates {

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

    /** What frames a message or names its target is never a file's. */
    private static final Set<String> NOT_FOR_FILES = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "accept-encoding");

    private static final int MOST_HEADERS = 20;
    private static final int LONGEST = 1000;

    private final Form fields;

    Templates(Form fields) {
        this.fields = fields;
    }

    UrlTemplate url(int line, String text) throws DefinitionException {
        try {
            UrlTemplate url = UrlTemplate.parse(text);
            requireTexts(line, url.names());
            return url;
        } catch (IllegalArgumentException e) {
            throw new DefinitionException(line, "\"url\": " + e.getMessage());
        }
    }

    Map<String, Template> headers(Optional<Section> section) throws DefinitionException {
        Map<String, Template> headers = new LinkedHashMap<>();
        if (section.isEmpty()) {
            return headers;
        }
        for (String name : section.get().keys()) {
            int line = section.get().line(name);
            if (!HEADER_NAME.matcher(name).matches() || NOT_FOR_FILES.contains(name.toLowerCase(Locale.ROOT))) {
                throw new DefinitionException(line, "\"" + Quoted.text(name) + "\" is no header that a file may set");
            }
            if (headers.keySet().stream().anyMatch(name::equalsIgnoreCase) || headers.size() == MOST_HEADERS) {
                throw new DefinitionException(line, "a header is there twice, or there are more than " + MOST_HEADERS);
            }
            Template value = inserted(line, section.get().requiredText(name, LONGEST));
            if (!HEADER_VALUE.matcher(value.text()).matches()) {
                throw new DefinitionException(line, "a header is written in ASCII");
            }
            headers.put(name, value);
        }
        return headers;
    }

    /** A template whose values are inserted as they are. */
    Template inserted(int line, String text) throws DefinitionException {
        try {
            Template template = Template.parse(text);
            requireTexts(line, template.names());
            return template;
        } catch (IllegalArgumentException e) {
            throw new DefinitionException(line, e.getMessage());
        }
    }

    /** A field that holds an address: it is there, it is a text, and it is always filled in. */
    void requireAddress(int line, String name) throws DefinitionException {
        requireTexts(line, Set.of(name));
        Field field = fields.field(name).orElseThrow();
        if (field.secret() || !field.required() && field.defaultValue() == null) {
            throw new DefinitionException(
                    line, "\"per\" names a field that is required, or has a default, and is no secret");
        }
    }

    private void requireTexts(int line, Set<String> names) throws DefinitionException {
        for (String name : names) {
            Optional<Field> field = fields.field(name);
            if (field.isEmpty()) {
                throw new DefinitionException(line, "there is no field \"" + Quoted.text(name) + "\"");
            }
            if (!hasText(field.get())) {
                throw new DefinitionException(line, "the field \"" + name + "\" has no single text to insert");
            }
        }
    }

    private static boolean hasText(Field field) {
        return field.type() instanceof FieldType.Selected(Selector selector)
                && switch (selector) {
                    case Selector.Text text -> !text.multiple();
                    case Selector.Select select -> !select.multiple();
                    case Selector.Period period -> false;
                    case Selector.Number number -> true;
                    case Selector.Flag flag -> true;
                };
    }
}
