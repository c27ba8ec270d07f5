package dev.latchkey.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per user and version. */
final class PostgresBinaries {
    private static final Object UNPACKING = new Object();

    private final Path root;

    private PostgresBinaries(Path root) {
        this.root = root;
    }

    /**
     * Unpacks what the class path carries for this system, unless that was done before.
     *
     * @param fallback where to unpack when the user has no cache directory that can be written to
     */
    static PostgresBinaries locate(Path fallback) throws IOException {
        byte[] archive = archive();
        var cache = cacheDirectory(fallback);
        var target = cache.resolve("postgres-" + DigestUtils.sha256Hex(archive).substring(0, 16));
        if (!Files.exists(target)) {
            synchronized (UNPACKING) {
                unpackOnce(archive, cache, target);
            }
        }
        return new PostgresBinaries(target);
    }

    /** The command line of one of the programs; as root it runs without root's powers, which PostgreSQL insists on. */
    List<String> command(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(root.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static byte[] archive() throws IOException {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
        var machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        try (var stream = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(os, machine)) {
            return stream.readAllBytes();
        } catch (IllegalStateException e) {
            throw new ServerStartException("There is no embedded PostgreSQL for " + os + " on " + machine + ".", e);
        }
    }

    private static Path cacheDirectory(Path fallback) throws IOException {
        var configured = System.getenv("XDG_CACHE_HOME");
        var base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        try {
            var ours = Files.createDirectories(base.resolve("latchkey"));
            if (Files.isWritable(ours)) {
                return ours;
            }
        } catch (IOException e) {
            // A home that cannot be written to is common in containers; the fallback is as good, only not shared.
            return Files.createDirectories(fallback);
        }
        return Files.createDirectories(fallback);
    }

    private static void unpackOnce(byte[] archive, Path cache, Path target) throws IOException {
        var lockFile = cache.resolve("unpack.lock");
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(target)) {
                // Always the same name, so that an interrupted attempt does not stay behind.
                var unfinished = cache.resolve("unpacking");
                Directories.delete(unfinished);
                Files.createDirectory(unfinished);
                unpack(archive, unfinished);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("The archive reaches outside of its directory: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink() || entry.isLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    markExecutable(path, target);
                }
            }
        }
    }

    private static void markExecutable(Path file, Path target) throws IOException {
        if (file.startsWith(target.resolve("bin"))) {
            Files.setPosixFilePermissions(
                    file,
                    Set.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE,
                            PosixFilePermission.GROUP_READ,
                            PosixFilePermission.GROUP_EXECUTE,
                            PosixFilePermission.OTHERS_READ,
                            PosixFilePermission.OTHERS_EXECUTE));
        }
    }
}
