package dev.latchkey.flow.connector.file;

import java.util.List;
import java.util.Map;

/** A YAML document as it was written, with the line (1 is the first) of everything. */
sealed interface YamlTree {

    /** @return the line where it begins */
    int line();

    /**
     * @param text the text without quotes
     * @param plain whether it was written without quotes, so that it may be a number, a boolean or null
     */
    record Scalar(int line, String text, boolean plain) implements YamlTree {}

    record Sequence(int line, List<YamlTree> items) implements YamlTree {}

    /** @param entries in the order of the file; no key twice */
    record Mapping(int line, Map<String, Entry> entries) implements YamlTree {}

    /** @param line the line of the key */
    record Entry(int line, YamlTree value) {}
}
