package dev.latchkey.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The end of a log file, to show to a person when a server did not start. */
public final class LogTail {
    private static final int MOST_BYTES = 16 * 1024;

    private LogTail() {}

    /**
     * The last lines of a file.
     *
     * @param file read at most 16 KiB from its end
     * @param lines how many, at least 1
     * @return the lines without a final line break; empty when there is nothing to read
     */
    public static String of(Path file, int lines) {
        try (var opened = new RandomAccessFile(file.toFile(), "r")) {
            var length = (int) Math.min(MOST_BYTES, opened.length());
            var bytes = new byte[length];
            opened.seek(opened.length() - length);
            opened.readFully(bytes);
            var all = new String(bytes, StandardCharsets.UTF_8)
                    .stripTrailing()
                    .lines()
                    .toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "";
        }
    }
}
