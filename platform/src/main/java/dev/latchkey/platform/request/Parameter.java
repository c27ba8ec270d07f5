package dev.latchkey.platform.request;

import java.util.Objects;

/**
 * One pair of a query, decoded.
 *
 * <p>{@code flag} and {@code flag=} are the same parameter: its value is empty. How it was written is in
 * {@link RequestTarget#rawPairs()}.
 *
 * @param name the name, not null, may be empty; upper and lower case differ
 * @param value the value, not null, may be empty
 */
public record Parameter(String name, String value) {

    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
