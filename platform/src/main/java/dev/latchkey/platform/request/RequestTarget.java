package dev.latchkey.platform.request;

import dev.latchkey.platform.request.TargetResult.Parsed;
import dev.latchkey.platform.request.TargetResult.Reason;
import dev.latchkey.platform.request.TargetResult.Refused;
import java.util.List;

/**
 * A request target in origin form (RFC 9112 section 3.2.1), path and optional query, that means the same to everyone who reads it.
 *
 * <p>A target that one server reads as {@code /a/b} and another as {@code /b} gets past whoever decides by path. Such targets
 * are refused and never repaired; {@code docs/adr/0007-request-targets.md} says what is refused and why. What is left may
 * still be written in more than one way ({@code /a~}, {@code /a%7E}, {@code /a%7e}), so decisions are made on
 * {@link #path()} and {@link #query()}, never on what was written, and {@link #means} compares them.
 *
 * <p>Not a record, so that the only way to an instance leads through {@link #parse}. Immutable. Never normalises Unicode: two
 * spellings of one letter (NFC, NFD) are two paths.
 */
public final class RequestTarget {

    /** The longest target in octets, which are as many characters. RFC 9112 section 3 asks for 8000 at least. */
    public static final int MAX_LENGTH = 8192;

    /** The most segments a path may have; a trailing slash counts as one. */
    public static final int MAX_SEGMENTS = 128;

    /** The most pairs a query may have. */
    public static final int MAX_PARAMETERS = 256;

    private final String raw;
    private final String rawPath;
    private final String path;
    private final List<String> rawPairs;
    private final List<Parameter> query;

    private RequestTarget(String raw) throws RefusedTargetException {
        int question = raw.indexOf('?');
        this.raw = raw;
        this.rawPath = question < 0 ? raw : raw.substring(0, question);
        this.path = PathReader.read(rawPath);
        this.rawPairs = question < 0 ? List.of() : QueryReader.split(raw.substring(question + 1));
        this.query = QueryReader.read(rawPairs);
    }

    /**
     * Reads a target.
     *
     * @param raw as it stood in the request line or in a gateway's header; null is refused like the empty text
     * @return the target, or why it is refused
     */
    public static TargetResult parse(String raw) {
        if (raw == null || raw.isEmpty()) {
            return new Refused(Reason.EMPTY);
        }
        if (raw.length() > MAX_LENGTH) {
            return new Refused(Reason.TOO_LONG);
        }
        if (raw.charAt(0) != '/') {
            return new Refused(Reason.NOT_ORIGIN_FORM);
        }
        if (raw.indexOf('#') >= 0) {
            return new Refused(Reason.FRAGMENT);
        }
        try {
            return new Parsed(new RequestTarget(raw));
        } catch (RefusedTargetException refused) {
            return new Refused(refused.reason());
        }
    }

    /**
     * Writes a target in the canonical way and reads it.
     *
     * @param path decoded, not null
     * @param query the decoded pairs in order, not null; none means no question mark
     * @return a target with exactly this path and query whose {@link #raw()} is canonical, or why no target may mean that
     */
    public static TargetResult of(String path, List<Parameter> query) {
        return TargetWriter.canWrite(path, query)
                ? parse(TargetWriter.write(path, query))
                : new Refused(Reason.NOT_UTF8);
    }

    /**
     * Reads a target that was written by hand or by a program rather than sent: what browsers escape on the way (spaces, letters
     * beyond ASCII, in the path also {@code " < > [ ] ^ ` { | }}) may stand raw. Everything else is judged as {@link #parse}
     * does, so a percent sign begins an escape.
     *
     * @param text null is refused like the empty text
     * @return the target as it has to be sent, or why it is refused
     */
    public static TargetResult typed(String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            return new Refused(text == null ? Reason.EMPTY : Reason.TOO_LONG);
        }
        return TargetWriter.isUnicode(text) ? parse(TargetWriter.asSent(text)) : new Refused(Reason.NOT_UTF8);
    }

    /** @return the whole target as it was received */
    public String raw() {
        return raw;
    }

    /** @return the path as it was received */
    public String rawPath() {
        return rawPath;
    }

    /** @return the path decoded; begins with a slash, and every slash in it separates segments */
    public String path() {
        return path;
    }

    /** @return the path as {@link #of} writes it: the same for two targets exactly when {@link #path()} is the same */
    public String canonicalPath() {
        return TargetWriter.write(path, List.of());
    }

    /**
     * @return the target as {@link #of} writes it: the same for two targets exactly when they mean the same. Up to three times
     *     as long as {@link #raw()}, so possibly longer than what is read
     */
    public String canonical() {
        return TargetWriter.write(path, query);
    }

    /** @return the pairs as they were received, in order, as many as in {@link #query()}; empty without a question mark */
    public List<String> rawPairs() {
        return rawPairs;
    }

    /**
     * @return the pairs decoded as a form, in order, repetitions kept; empty without a question mark. Values may hold any
     *     character but U+0000, line ends included
     */
    public List<Parameter> query() {
        return query;
    }

    /**
     * @param other another target, not null
     * @return whether path and query are the same once decoded, the query in the same order
     */
    public boolean means(RequestTarget other) {
        return path.equals(other.path) && query.equals(other.query);
    }

    /** Two targets are equal when they are written alike; {@link #means} is the question to ask of decisions. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RequestTarget target && raw.equals(target.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    /** @return the raw path only, because values in a query can be secrets that belong in no log */
    @Override
    public String toString() {
        return rawPath;
    }
}
