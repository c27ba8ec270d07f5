package dev.latchkey.flow.connector.file;

import dev.latchkey.flow.connector.file.YamlTree.Entry;
import dev.latchkey.flow.connector.file.YamlTree.Mapping;
import dev.latchkey.flow.connector.file.YamlTree.Scalar;
import dev.latchkey.flow.connector.file.YamlTree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A mapping of the file, read key by key; whatever nobody asked for by the {@link #end} is an unknown key. */
final class Section {

    private final Mapping mapping;
    private final String name;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param name what it is, for messages
     * @throws DefinitionException if it is no mapping
     */
    Section(YamlTree tree, String name) throws DefinitionException {
        if (!(tree instanceof Mapping found)) {
            throw new DefinitionException(tree.line(), name + " must be a mapping (key: value)");
        }
        this.mapping = found;
        this.name = name;
    }

    int line() {
        return mapping.line();
    }

    /** @return the line of a key that is there, else of the section */
    int line(String key) {
        Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.line() : entry.line();
    }

    Set<String> keys() {
        return mapping.entries().keySet();
    }

    /** @return the value of a key, or empty when it is missing or null */
    Optional<YamlTree> tree(String key) {
        known.add(key);
        return Optional.ofNullable(mapping.entries().get(key)).map(Entry::value).filter(value -> !Values.isNull(value));
    }

    YamlTree requiredTree(String key) throws DefinitionException {
        Optional<YamlTree> found = tree(key);
        if (found.isEmpty()) {
            throw new DefinitionException(line(key), name + " needs \"" + key + "\"");
        }
        return found.get();
    }

    /** @return the text of a scalar that is not blank and at most {@code longest} characters long */
    Optional<String> text(String key, int longest) throws DefinitionException {
        Optional<YamlTree> found = tree(key);
        return found.isEmpty() ? Optional.empty() : Optional.of(Values.text(found.get(), "\"" + key + "\"", longest));
    }

    String requiredText(String key, int longest) throws DefinitionException {
        requiredTree(key);
        return text(key, longest).orElseThrow();
    }

    Optional<Boolean> bool(String key) throws DefinitionException {
        Optional<YamlTree> found = tree(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (Values.of(found.get()) instanceof Boolean value) {
            return Optional.of(value);
        }
        throw new DefinitionException(found.get().line(), "\"" + key + "\" must be true or false");
    }

    Optional<Section> section(String key) throws DefinitionException {
        Optional<YamlTree> found = tree(key);
        return found.isEmpty() ? Optional.empty() : Optional.of(new Section(found.get(), "\"" + key + "\""));
    }

    Section requiredSection(String key) throws DefinitionException {
        return new Section(requiredTree(key), "\"" + key + "\"");
    }

    /** @return the items of a list, which may be empty; no items when the key is missing */
    List<YamlTree> list(String key, int most) throws DefinitionException {
        Optional<YamlTree> found = tree(key);
        if (found.isEmpty()) {
            return List.of();
        }
        if (!(found.get() instanceof Sequence sequence)) {
            throw new DefinitionException(found.get().line(), "\"" + key + "\" must be a list");
        }
        if (sequence.items().size() > most) {
            throw new DefinitionException(sequence.line(), "\"" + key + "\" has more than " + most + " items");
        }
        return sequence.items();
    }

    List<String> texts(String key, int most) throws DefinitionException {
        List<String> texts = new ArrayList<>();
        for (YamlTree item : list(key, most)) {
            texts.add(Values.text(item, "an item of \"" + key + "\"", 100));
        }
        return texts;
    }

    /** @throws DefinitionException if there is a key that nobody asked for */
    void end() throws DefinitionException {
        for (String key : mapping.entries().keySet()) {
            if (!known.contains(key)) {
                throw new DefinitionException(
                        line(key),
                        "unknown key \"" + Quoted.text(key) + "\" in " + name + "; it may have: "
                                + String.join(", ", known));
            }
        }
    }

    /** @return the line of an item whose text is given, for messages about lists */
    static int lineOf(List<YamlTree> items, String text) {
        return items.stream()
                .filter(item -> item instanceof Scalar scalar && scalar.text().equals(text))
                .findFirst()
                .map(YamlTree::line)
                .orElse(1);
    }
}
