package dev.latchkey.flow.connector.file;

import dev.latchkey.flow.connector.file.YamlTree.Entry;
import dev.latchkey.flow.connector.file.YamlTree.Mapping;
import dev.latchkey.flow.connector.file.YamlTree.Scalar;
import dev.latchkey.flow.connector.file.YamlTree.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Reads the part of YAML that a description needs: one document of mappings, lists and scalars. Anchors, aliases, tags and merge
 * keys are refused, so that no text stands for more than it says and nothing is ever constructed; nothing is guessed from the
 * shape of a scalar here.
 */
final class YamlReader {

    /** The longest file, in characters. */
    static final int LONGEST = 64 * 1024;

    private static final int DEEPEST = 16;
    private static final int MOST_NODES = 5_000;

    private final Iterator<Event> events;
    private int nodes;

    private YamlReader(Iterator<Event> events) {
        this.events = events;
    }

    /**
     * @param text the file
     * @throws DefinitionException if it is not YAML, or more than is read
     */
    static YamlTree read(String text) throws DefinitionException {
        if (text.length() > LONGEST) {
            throw new DefinitionException(1, "the file is longer than " + LONGEST + " characters");
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setProcessComments(false);
        try {
            return new YamlReader(
                            new Yaml(options).parse(new StringReader(text)).iterator())
                    .document();
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new DefinitionException(line, "this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new DefinitionException(1, "this is not YAML: it has a character that no text has");
        }
    }

    private YamlTree document() throws DefinitionException {
        expect(Event.ID.StreamStart);
        Event first = events.next();
        if (first.is(Event.ID.StreamEnd)) {
            throw new DefinitionException(1, "the file is empty");
        }
        YamlTree tree = node(events.next(), 0);
        expect(Event.ID.DocumentEnd);
        Event end = events.next();
        if (!end.is(Event.ID.StreamEnd)) {
            throw new DefinitionException(line(end), "one file is one document; a second one begins here");
        }
        return tree;
    }

    private void expect(Event.ID id) {
        if (!events.next().is(id)) {
            throw new IllegalStateException("a YAML parser reports " + id + " here");
        }
    }

    private YamlTree node(Event event, int depth) throws DefinitionException {
        int line = line(event);
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            throw new DefinitionException(line, "the file is nested too deeply or has too many values");
        }
        if (event instanceof AliasEvent || event instanceof NodeEvent node && node.getAnchor() != null) {
            throw new DefinitionException(line, "anchors (&) and aliases (*) are not read: write the value out");
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                refuseTag(line, scalar.getTag());
                yield new Scalar(line, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
            }
            case CollectionStartEvent start -> {
                refuseTag(line, start.getTag());
                yield start.is(Event.ID.SequenceStart) ? sequence(line, depth) : mapping(line, depth);
            }
            default -> throw new IllegalStateException("a YAML parser reports no " + event + " here");
        };
    }

    private Sequence sequence(int line, int depth) throws DefinitionException {
        List<YamlTree> items = new ArrayList<>();
        for (Event event = events.next(); !event.is(Event.ID.SequenceEnd); event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Sequence(line, List.copyOf(items));
    }

    private Mapping mapping(int line, int depth) throws DefinitionException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); !event.is(Event.ID.MappingEnd); event = events.next()) {
            YamlTree key = node(event, depth + 1);
            if (!(key instanceof Scalar name)) {
                throw new DefinitionException(key.line(), "a key is a word, not a list or a mapping");
            }
            Entry entry = new Entry(name.line(), node(events.next(), depth + 1));
            if (entries.putIfAbsent(name.text(), entry) != null) {
                throw new DefinitionException(
                        name.line(), "the key \"" + Quoted.text(name.text()) + "\" is there twice");
            }
        }
        return new Mapping(line, entries);
    }

    private static void refuseTag(int line, String tag) throws DefinitionException {
        if (tag != null) {
            throw new DefinitionException(line, "tags (!) are not read: write the value plainly");
        }
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }
}
