import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;

/** Measured times in nanoseconds, by what was measured. Thread-safe. */
final class Times {

    private final ConcurrentMap<String, Queue<Long>> refusedAfter = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Queue<Long>> acceptedAfter = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Integer> oddStatuses = new ConcurrentHashMap<>();

    /** The first refusal came so long after the answer of the revocation; negative when it came before. */
    void refused(String what, long nanos) {
        refusedAfter.computeIfAbsent(what, key -> new ConcurrentLinkedQueue<>()).add(nanos);
    }

    /** A question that was asked so long after the answer of the revocation was still answered with yes. */
    void accepted(String what, long nanos) {
        acceptedAfter.computeIfAbsent(what, key -> new ConcurrentLinkedQueue<>()).add(nanos);
    }

    /** It was refused, but not as something that is worth nothing. */
    void odd(String what, int status) {
        oddStatuses.merge(what + " answered " + status, 1, Integer::sum);
    }

    void print(String title) {
        System.out.printf("%n%s%n%n", title);
        System.out.printf(
                "| %-46s | %5s | %8s | %8s | %8s | %-24s |%n", "ms to", "n", "p50", "p99", "max", "asked later, still yes");
        System.out.println("|---|--:|--:|--:|--:|---|");
        new TreeMap<>(refusedAfter).forEach((what, times) -> {
            List<Long> sorted = times.stream().sorted().toList();
            Queue<Long> late = acceptedAfter.getOrDefault(what, new ConcurrentLinkedQueue<>());
            String yes = late.isEmpty()
                    ? "never"
                    : "%d, up to %.1f ms later".formatted(late.size(), Collections.max(late) / 1e6);
            System.out.printf(
                    "| %-46s | %5d | %8.1f | %8.1f | %8.1f | %-24s |%n",
                    what, sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), yes);
        });
        for (Map.Entry<String, Integer> odd : oddStatuses.entrySet()) {
            System.out.println(odd.getKey() + ": " + odd.getValue() + " times");
        }
    }

    /** The smallest time that so large a part does not exceed, in milliseconds. */
    private static double at(List<Long> sorted, double part) {
        int index = (int) Math.ceil(part * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)) / 1e6;
    }
}
