package dev.latchkey.local.checker.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file system of its own for the broker, which can be filled to the last byte. Only root may mount one. */
public final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "256m";
    private static final int PAGE = 4096;
    private static final int MEGABYTE = 1024 * 1024;

    private final Path directory;
    private final boolean mounted;
    private final AtomicBoolean unmounted = new AtomicBoolean();

    private SmallDisk(Path directory, boolean mounted) {
        this.directory = directory;
        this.mounted = mounted;
    }

    /** Mounts it, or leaves the directory as it is where that is not allowed. */
    static SmallDisk mount(Path directory) throws IOException {
        Files.createDirectories(directory);
        var disk = new SmallDisk(
                directory, run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + SIZE, "tmpfs", directory.toString()));
        Runtime.getRuntime().addShutdownHook(new Thread(disk::unmount, "unmount"));
        return disk;
    }

    /** Whether it can be filled. */
    public boolean mounted() {
        return mounted;
    }

    /**
     * Takes all the room there is.
     *
     * @return whether none is left
     */
    public boolean fill() throws IOException {
        try (var file = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (var size = MEGABYTE; size >= 1; size /= 2) {
                fill(file, size);
            }
        }
        return mounted && Files.getFileStore(directory).getUsableSpace() < PAGE;
    }

    /** Gives the room back. */
    public void empty() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    private static void fill(FileChannel file, int size) {
        try {
            while (file.write(ByteBuffer.allocate(size)) == size) {
                file.position(file.size());
            }
        } catch (IOException e) {
            // No space left on the device: what was wanted.
            return;
        }
    }

    private static boolean run(String... command) throws IOException {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (mounted && unmounted.compareAndSet(false, true)) {
            run("umount", "-l", directory.toString());
        }
    }

    private void unmount() {
        try {
            close();
        } catch (IOException e) {
            System.err.println("The file system at " + directory + " is still mounted: " + e);
        }
    }
}
