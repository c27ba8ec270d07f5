package dev.latchkey.local.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process, told apart from a later one with the same id by when it began.
 *
 * @param pid the process id
 * @param began opaque: the kernel's start time in clock ticks, or {@code @} and milliseconds where there is no
 *     {@code /proc}
 */
public record ProcessIdentity(long pid, String began) {
    private static final int START_TIME_AFTER_NAME = 19;

    /** The process that has this id now; empty when there is none. */
    public static Optional<ProcessIdentity> of(long pid) {
        return beganOf(pid).map(began -> new ProcessIdentity(pid, began));
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @return empty when the text is something else
     */
    public static Optional<ProcessIdentity> parse(String text) {
        var parts = text.strip().split(" ");
        if (parts.length != 2 || !parts[0].matches("[1-9][0-9]{0,9}")) {
            return Optional.empty();
        }
        return Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), parts[1]));
    }

    /** The process, if it is still the same one. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> beganOf(pid).filter(began::equals).isPresent());
    }

    /** {@code <pid> <began>}, the form of pid files. */
    @Override
    public String toString() {
        return pid + " " + began;
    }

    private static Optional<String> beganOf(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name is in parentheses and may hold spaces.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            // A zombie has ended; only nobody has asked for its exit status yet.
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(fields[START_TIME_AFTER_NAME]);
        } catch (IOException e) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().startInstant())
                    .map(instant -> "@" + instant.toEpochMilli());
        }
    }
}
