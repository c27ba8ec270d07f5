package dev.latchkey.flow.setup;

import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.form.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes an entry's secrets out of texts that others wrote: reasons, messages of exceptions. They are stored, logged and shown, and
 * a remote or a library may repeat in them what it was sent (decision F9).
 */
final class Masking {

    private static final String MASK = "********";

    /** The longest first: one may be a part of another. */
    private final List<String> secrets;

    private Masking(List<String> secrets) {
        this.secrets = secrets;
    }

    static Masking of(EntryData entry) {
        Set<String> found = new LinkedHashSet<>();
        collect(entry.data(), found);
        collect(entry.options(), found);
        Set<String> spellings = new LinkedHashSet<>(found);
        found.forEach(secret -> spellings.add(URLEncoder.encode(secret, StandardCharsets.UTF_8)));
        spellings.remove("");
        return new Masking(spellings.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /** Returns the text without secrets; null stays null. */
    String mask(String text) {
        if (text == null) {
            return null;
        }
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    private static void collect(Object value, Set<String> into) {
        switch (value) {
            case Secret secret -> into.add(secret.reveal());
            case Map<?, ?> map -> map.values().forEach(item -> collect(item, into));
            case Collection<?> items -> items.forEach(item -> collect(item, into));
            case null, default -> {
                // No secret.
            }
        }
    }
}
