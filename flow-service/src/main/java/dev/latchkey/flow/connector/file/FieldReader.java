package dev.latchkey.flow.connector.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.form.Field;
import dev.latchkey.flow.form.FieldType;
import dev.latchkey.flow.form.Form;
import dev.latchkey.flow.form.FormInput;
import dev.latchkey.flow.form.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Reads fields: what a form asks for, and how. */
final class FieldReader {

    private static final int MOST_FIELDS = 50;
    private static final Set<String> SELECTORS = Set.of("text", "number", "boolean", "select", "duration");

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private FieldReader() {}

    /**
     * Reads a list of fields.
     *
     * @param items the list
     * @return the fields in order, no name twice
     */
    static Form fields(List<YamlTree> items) throws DefinitionException {
        List<Field> fields = new ArrayList<>();
        for (YamlTree item : items) {
            Section section = new Section(item, "a field");
            Field field = field(section);
            if (fields.stream().anyMatch(other -> other.name().equals(field.name()))) {
                throw new DefinitionException(section.line("name"), "two fields are called \"" + field.name() + "\"");
            }
            fields.add(field);
        }
        return new Form(fields);
    }

    static int mostFields() {
        return MOST_FIELDS;
    }

    private static Field field(Section section) throws DefinitionException {
        String name = section.requiredText("name", 64);
        Selector selector = selector(section.requiredTree("selector"));
        boolean required = section.bool("required").orElse(false);
        boolean secret = section.bool("secret").orElse(false);
        String label = section.text("label", 100).orElse(null);
        String hint = section.text("description", 500).orElse(null);
        Object defaultValue = section.tree("default").map(Values::of).orElse(null);
        section.end();
        boolean password = selector instanceof Selector.Text text && text.type() == Selector.TextType.PASSWORD;
        if (password && !secret) {
            throw new DefinitionException(
                    section.line("selector"), "\"" + Quoted.text(name) + "\" is a password, so it needs secret: true");
        }
        if (secret && !(selector instanceof Selector.Text text && !text.multiple())) {
            throw new DefinitionException(section.line("secret"), "only a text can be a secret");
        }
        if (secret && defaultValue != null) {
            throw new DefinitionException(section.line("default"), "a secret has no default");
        }
        if (name.equals(Connector.VERIFY_TLS) && !(selector instanceof Selector.Flag)) {
            throw new DefinitionException(
                    section.line("selector"), "\"verify_tls\" must have the selector { boolean: {} }");
        }
        try {
            Field field = new Field(name, new FieldType.Selected(selector), required, null, null, secret, label, hint);
            return defaultValue == null ? field : withDefault(section, field, defaultValue);
        } catch (IllegalArgumentException e) {
            throw new DefinitionException(section.line("name"), e.getMessage());
        }
    }

    private static Field withDefault(Section section, Field field, Object value) throws DefinitionException {
        if (Form.of(field).check(Map.of(field.name(), value)) instanceof FormInput.Refused refused) {
            throw new DefinitionException(
                    section.line("default"),
                    "the default is not a value of \"" + field.name() + "\": "
                            + String.join(", ", refused.errors().values()));
        }
        return field.withDefault(value);
    }

    private static Selector selector(YamlTree tree) throws DefinitionException {
        Section section = new Section(tree, "\"selector\"");
        Set<String> unknown = new TreeSet<>(section.keys());
        unknown.removeAll(SELECTORS);
        if (!unknown.isEmpty()) {
            String first = unknown.iterator().next();
            throw new DefinitionException(
                    section.line(first),
                    "unknown selector \"" + Quoted.text(first) + "\"; there are: "
                            + String.join(", ", new TreeSet<>(SELECTORS)));
        }
        if (section.keys().size() != 1) {
            throw new DefinitionException(
                    tree.line(), "a selector is one of: " + String.join(", ", new TreeSet<>(SELECTORS)));
        }
        String type = section.keys().iterator().next();
        Object settings = section.tree(type).map(Values::of).orElse(Map.of());
        if (!(settings instanceof Map)) {
            throw new DefinitionException(section.line(type), "the selector \"" + type + "\" needs { … }");
        }
        try {
            Selector selector = STRICT.treeToValue(STRICT.valueToTree(Map.of(type, settings)), Selector.class);
            if (selector instanceof Selector.Number number && !(isFinite(number.min()) && isFinite(number.max()))) {
                throw new DefinitionException(
                        section.line(type), "the selector \"number\" has a value that it does not take");
            }
            return selector;
        } catch (UnrecognizedPropertyException e) {
            throw new DefinitionException(
                    section.line(type),
                    "unknown key \"" + Quoted.text(e.getPropertyName()) + "\" in the selector \"" + type + "\"");
        } catch (InvalidTypeIdException e) {
            throw new DefinitionException(section.line(type), "unknown selector \"" + type + "\"");
        } catch (JsonMappingException e) {
            throw new DefinitionException(section.line(type), selectorProblem(type, e));
        } catch (JsonProcessingException e) {
            throw new DefinitionException(section.line(type), "the selector \"" + type + "\" cannot be read");
        }
    }

    private static boolean isFinite(Double bound) {
        return bound == null || Double.isFinite(bound);
    }

    private static String selectorProblem(String type, JsonMappingException e) {
        String where = e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .reduce((first, last) -> last)
                .map(key -> " (at \"" + Quoted.text(key) + "\")")
                .orElse("");
        String why = e.getCause() instanceof IllegalArgumentException own ? ": " + own.getMessage() : "";
        return "the selector \"" + type + "\" has a value that it does not take" + where + why;
    }
}
