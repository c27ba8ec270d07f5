package dev.latchkey.local.supervision;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A log that processes append to, and the one before it.
 *
 * @param file where they write
 * @param largestBytes from which size on it becomes the one before
 */
record LogFile(Path file, long largestBytes) {
    /**
     * Empties the file when it is large, keeping what was in it as {@code .1}.
     *
     * <p>It is copied and cut, not renamed: who writes to it keeps it open, and in append mode goes on at its new end. What is
     * written between the two is lost.
     */
    void turnOver() throws IOException {
        if (Files.notExists(file) || Files.size(file) <= largestBytes) {
            return;
        }
        Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }
}
