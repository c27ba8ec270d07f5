package dev.latchkey.auth.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code Link} headers (RFC 8288 section 3): several values, comma separated, with quoted parameters. */
final class LinkHeader {

    /** Longer lines are skipped: the patterns below need stack in proportion to what they match. */
    private static final int LONGEST = 4096;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern TARGET = Pattern.compile("[\\s,]*<([^<>]*)>");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*;\\s*(" + TOKEN + ")?(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(" + TOKEN + "))?)?");

    private LinkHeader() {}

    /**
     * @param headers the values of all Link header lines, not null
     * @param rel the relation to look for, compared without case
     * @return the targets of links with that relation, as written. A link with an {@code anchor} speaks about another page and
     *     is skipped; reading a header line stops where it is no Link header any more
     */
    static List<String> targets(List<String> headers, String rel) {
        List<String> found = new ArrayList<>();
        headers.stream().filter(line -> line.length() <= LONGEST).forEach(line -> read(line, rel, found));
        return found;
    }

    private static void read(String header, String rel, List<String> found) {
        Matcher target = TARGET.matcher(header);
        Matcher parameter = PARAMETER.matcher(header);
        int at = 0;
        while (target.region(at, header.length()).lookingAt()) {
            at = target.end();
            String rels = null;
            boolean anchored = false;
            while (parameter.region(at, header.length()).lookingAt()) {
                at = parameter.end();
                String name = parameter.group(1) == null ? "" : parameter.group(1);
                anchored |= name.equalsIgnoreCase("anchor");
                if (name.equalsIgnoreCase("rel") && rels == null) {
                    rels = value(parameter);
                }
            }
            if (!anchored && hasToken(rels, rel)) {
                found.add(target.group(1).strip());
            }
        }
    }

    /** Whether a space separated list, as in {@code rel}, has a token; null has none. */
    static boolean hasToken(String list, String token) {
        return list != null && Stream.of(list.strip().split("\\s+")).anyMatch(token::equalsIgnoreCase);
    }

    private static String value(Matcher parameter) {
        if (parameter.group(2) != null) {
            return parameter.group(2).replaceAll("\\\\(.)", "$1");
        }
        return parameter.group(3) == null ? "" : parameter.group(3);
    }
}
