package dev.latchkey.flow.form;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes secrets out of texts that others wrote: reasons, messages of exceptions. They are stored, logged and shown, and
 * a remote or a library may repeat in them what it was sent (decision F9).
 */
public final class Masking {

    private static final String MASK = "********";

    /** The longest first: one may be a part of another. */
    private final List<String> secrets;

    private Masking(List<String> secrets) {
        this.secrets = secrets;
    }

    /** Returns one for every {@link Secret} that is somewhere in these values, which may be null. */
    public static Masking of(Object... values) {
        Set<String> found = new LinkedHashSet<>();
        for (Object value : values) {
            collect(value, found);
        }
        Set<String> spellings = new LinkedHashSet<>(found);
        found.forEach(secret -> spellings.add(URLEncoder.encode(secret, StandardCharsets.UTF_8)));
        spellings.remove("");
        return new Masking(spellings.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /** Returns the text without secrets; null stays null. */
    public String mask(String text) {
        if (text == null) {
            return null;
        }
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** Returns the stack trace without secrets: messages of exceptions, and of their causes, hold what was sent. */
    public String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return mask(trace.toString());
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
