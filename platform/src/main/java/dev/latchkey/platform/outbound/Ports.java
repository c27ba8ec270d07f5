package dev.latchkey.platform.outbound;

import java.util.ArrayList;
import java.util.List;

/** An immutable allow-list of TCP ports. */
public final class Ports {

    /** The two ports of the web, 80 and 443. */
    public static final Ports WEB = parse("80,443");

    private record Range(int first, int last) {}

    private final List<Range> ranges;

    private Ports(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Reads a list such as {@code 80,443,1024-65535}.
     *
     * @param text ports and ranges of ports separated by commas, not null; blank items are skipped
     * @return the list
     * @throws IllegalArgumentException if an item is no port 1–65535 and no ascending range of them
     */
    public static Ports parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String item : text.split(",")) {
            if (!item.isBlank()) {
                ranges.add(range(item.strip()));
            }
        }
        return new Ports(ranges);
    }

    /** @return whether the list has the port */
    public boolean contains(int port) {
        return ranges.stream().anyMatch(range -> range.first <= port && port <= range.last);
    }

    private static Range range(String item) {
        if (!item.matches("[0-9]{1,5}(\\s*-\\s*[0-9]{1,5})?")) {
            throw new IllegalArgumentException("Not a port or a range of ports: " + item);
        }
        String[] ends = item.split("\\s*-\\s*");
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        if (first < 1 || last > 65535 || first > last) {
            throw new IllegalArgumentException("Not a port or a range of ports: " + item);
        }
        return new Range(first, last);
    }
}
