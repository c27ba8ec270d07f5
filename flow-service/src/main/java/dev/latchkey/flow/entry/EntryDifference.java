package dev.latchkey.flow.entry;

import dev.latchkey.flow.form.DataJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares by value what an entry has with what it shall have ({@code spec/flows.md} 4.4). Pure. */
final class EntryDifference {

    private EntryDifference() {}

    /** Returns the data that an update leads to. */
    static Map<String, Object> dataAfter(Map<String, Object> data, EntryUpdate update) {
        if (update.data() != null) {
            return update.data();
        }
        if (update.dataUpdates() == null) {
            return data;
        }
        Map<String, Object> merged = new LinkedHashMap<>(data);
        merged.putAll(update.dataUpdates());
        return merged;
    }

    /** Returns the names of the fields whose values differ, each after a prefix such as {@code data}. */
    static List<String> between(String prefix, Map<String, Object> before, Map<String, Object> after) {
        Map<String, Object> was = stored(before);
        Map<String, Object> becomes = stored(after);
        Set<String> names = new TreeSet<>(was.keySet());
        names.addAll(becomes.keySet());
        List<String> different = new ArrayList<>();
        for (String name : names) {
            boolean same = was.containsKey(name) == becomes.containsKey(name)
                    && Objects.equals(was.get(name), becomes.get(name));
            if (!same) {
                different.add(prefix + "." + name);
            }
        }
        return different;
    }

    /** Returns values as they are after they were stored: a number is then of one type, whoever wrote it. */
    private static Map<String, Object> stored(Map<String, Object> values) {
        return DataJson.readMap(DataJson.write(values));
    }
}
