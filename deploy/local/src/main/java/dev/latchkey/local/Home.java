package dev.latchkey.local;

import dev.latchkey.local.supervision.PidFiles;
import dev.latchkey.local.supervision.StartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The directory with all state, held by one launcher at a time. */
final class Home implements AutoCloseable {
    /** The folder in which people describe connectors. */
    static final String CONNECTORS = "connectors";

    private static final String URL = ".url";
    private static final long LEAST_FREE_BYTES = 200L * 1024 * 1024;
    private static final int SECRET_BYTES = 32;
    private static final long LARGE_FILE_BYTES = 64L * 1024 * 1024;

    private final Path root;
    private final FileChannel lock;

    private Home(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Makes what is missing and takes the lock.
     *
     * @throws StartException when it cannot be written to, has no room, or another launcher holds it
     */
    static Home open(Path root) {
        try {
            for (var directory : new String[] {"", "data", "run", "logs", "secrets", CONNECTORS}) {
                privately(root.resolve(directory));
            }
            var free = Files.getFileStore(root).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new StartException("There are only " + free / 1024 / 1024 + " MB free for " + root
                        + ". Latchkey needs 200 MB: free some space, or set LATCHKEY_HOME to another disk.");
            }
            return new Home(root, lock(root));
        } catch (IOException e) {
            throw new StartException(
                    "Latchkey cannot write to " + root + " (" + e
                            + "). Make it writable, or set LATCHKEY_HOME to a directory that is.",
                    e);
        }
    }

    Path data(String name) {
        return root.resolve("data").resolve(name);
    }

    Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    /** The directory whose files the gateway serves to who may see them; has two to try when it is made. */
    Path files() {
        var directory = root.resolve("files");
        try {
            if (!Files.exists(directory)) {
                privately(directory);
                Files.writeString(directory.resolve("hello.txt"), "Hello from Latchkey.\n");
                try (var large = FileChannel.open(
                        directory.resolve("large.bin"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    // Nothing but a last byte, so that it takes no room.
                    large.write(ByteBuffer.allocate(1), LARGE_FILE_BYTES - 1);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new StartException("Latchkey cannot make files in " + directory + ": " + e, e);
        }
    }

    PidFiles pidFiles() {
        return new PidFiles(root.resolve("run"));
    }

    /**
     * Notes under which address a part is reached in this run, for {@code latchkey status} and for whoever measures.
     *
     * @param name of the part
     */
    void noteUrl(String name, String url) {
        var file = root.resolve("run").resolve(name + URL);
        try {
            Files.writeString(file, url + "\n");
        } catch (IOException e) {
            throw new StartException("Latchkey cannot write to " + file + ": " + e, e);
        }
    }

    /** Takes away what was noted of addresses, in this run or by one that was killed. */
    void forgetUrls() {
        var directory = root.resolve("run");
        try (var notes = Files.newDirectoryStream(directory, "*" + URL)) {
            for (var note : notes) {
                Files.deleteIfExists(note);
            }
        } catch (NoSuchFileException e) {
            // Then nothing was noted.
            return;
        } catch (IOException e) {
            throw new StartException("Latchkey cannot write to " + directory + ": " + e, e);
        }
    }

    /**
     * A secret that is made once and then stays.
     *
     * @param name of its file
     * @return Base64 of 32 random bytes
     */
    String secret(String name) {
        var file = root.resolve("secrets").resolve(name);
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            var secret = randomSecret();
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            // Written aside and moved, so that a crash cannot leave half a key under which things get encrypted.
            var unfinished = Files.createTempFile(file.getParent(), name, ".unfinished", owner);
            Files.writeString(unfinished, secret + "\n", StandardOpenOption.SYNC, StandardOpenOption.WRITE);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return secret;
        } catch (IOException e) {
            throw new StartException("The secret " + file + " cannot be read or made: " + e, e);
        }
    }

    /** Base64 of 32 random bytes. */
    static String randomSecret() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Lets another launcher have it. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StartException("The lock on " + root + " could not be released: " + e, e);
        }
    }

    private static void privately(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!Files.isWritable(directory)) {
            throw new IOException(directory + " is not writable");
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        var channel = FileChannel.open(
                root.resolve("run").resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(root, e);
        }
        channel.close();
        throw inUse(root, null);
    }

    private static StartException inUse(Path root, Exception cause) {
        return new StartException(
                "Latchkey is already running on " + root
                        + ". Stop it with ./latchkey down, or set LATCHKEY_HOME and LATCHKEY_PORT to run another one.",
                cause);
    }
}
