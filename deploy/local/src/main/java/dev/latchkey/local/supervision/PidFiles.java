package dev.latchkey.local.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The files {@code <name>.pid} that say which processes belong to a home. */
public final class PidFiles {
    private static final Duration GENTLE = Duration.ofSeconds(3);
    private static final Duration FORCED = Duration.ofSeconds(5);

    private final Path directory;

    /** @param directory where they are; must exist */
    public PidFiles(Path directory) {
        this.directory = directory;
    }

    /** Notes that the process is the one of this name. */
    public void write(String name, ProcessIdentity process) {
        try {
            Files.writeString(file(name), process + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The pid file " + file(name) + " could not be written", e);
        }
    }

    /** Forgets the process of this name. */
    public void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException("The pid file " + file(name) + " could not be removed", e);
        }
    }

    /**
     * Ends every process that an earlier, killed run left behind, and forgets them.
     *
     * <p>A process that only has the id of one of ours, because ids are used again, is left alone.
     */
    public void endLeftOvers() throws IOException, InterruptedException {
        List<Path> files;
        try (var listed = Files.list(directory)) {
            files = listed.filter(file -> file.toString().endsWith(".pid")).toList();
        }
        var processes =
                files.stream().map(PidFiles::read).flatMap(Optional::stream).toList();
        processes.forEach(process -> process.handle().ifPresent(ProcessHandle::destroy));
        if (!gone(processes, GENTLE)) {
            processes.forEach(process -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
            gone(processes, FORCED);
        }
        for (var file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean gone(List<ProcessIdentity> processes, Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (processes.stream().anyMatch(process -> process.handle().isPresent())) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }

    private static Optional<ProcessIdentity> read(Path file) {
        try {
            return ProcessIdentity.parse(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path file(String name) {
        return directory.resolve(name + ".pid");
    }
}
