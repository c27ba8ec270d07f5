package dev.latchkey.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The data directory of one server, and the processes that work in it. */
final class PostgresDirectory {
    private static final Duration LEFT_OVERS_GONE_WITHIN = Duration.ofSeconds(15);
    private static final int STATUS_LINE = 7;

    private final Path home;
    private final Path data;

    PostgresDirectory(Path home) {
        this.home = home.toAbsolutePath().normalize();
        this.data = this.home.resolve("data");
    }

    Path data() {
        return data;
    }

    /** Makes the data directory if there is none; one that was interrupted half-way is made again. */
    void createIfAbsent(PostgresBinaries binaries, PostgresOptions options) throws IOException, InterruptedException {
        Directories.createPrivate(home);
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        var unfinished = home.resolve("data.unfinished");
        Directories.delete(unfinished);
        var passwordFile = Files.createTempFile(
                home,
                "first",
                ".password",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, options.password() + "\n");
            initialize(binaries, unfinished, passwordFile, options.durable());
        } finally {
            Files.delete(passwordFile);
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void initialize(PostgresBinaries binaries, Path target, Path passwordFile, boolean durable)
            throws IOException, InterruptedException {
        var log = home.resolve("initdb.log");
        var process = new ProcessBuilder(binaries.command(
                        "initdb",
                        "--username=" + PostgresServer.SUPERUSER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        durable ? "--sync-method=fsync" : "--no-sync",
                        "--pgdata=" + target))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new ServerStartException("PostgreSQL could not create its data directory " + data + ":\n"
                    + LogTail.of(log, 15) + "\nIs the disk full or not writable?");
        }
    }

    /**
     * Ends what an earlier, killed run left working in the directory.
     *
     * <p>After {@code kill -9} of the postmaster its children need a moment to notice; a new postmaster refuses to
     * start before they are gone.
     */
    void endLeftOvers() throws InterruptedException {
        var deadline = System.nanoTime() + LEFT_OVERS_GONE_WITHIN.toNanos();
        for (var processes = workingHere(); !processes.isEmpty(); processes = workingHere()) {
            if (System.nanoTime() > deadline) {
                throw new ServerStartException(
                        "Another PostgreSQL (pid " + processes.getFirst().pid() + ") is using " + data
                                + " and does not end. Stop it and start again.");
            }
            processes.forEach(ProcessHandle::destroyForcibly);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Whether the server with this process id says of itself that it takes connections. */
    boolean saysReady(long pid) {
        try {
            var lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.size() > STATUS_LINE
                    && lines.getFirst().strip().equals(Long.toString(pid))
                    && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (IOException e) {
            return false;
        }
    }

    private List<ProcessHandle> workingHere() {
        if (!Files.isDirectory(data)) {
            return List.of();
        }
        return ProcessHandle.allProcesses().filter(this::worksHere).toList();
    }

    private boolean worksHere(ProcessHandle process) {
        try {
            // Every PostgreSQL process keeps its data directory as its working directory. Only Linux tells.
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                            .equals(data.toRealPath())
                    && process.info()
                            .command()
                            .filter(c -> c.endsWith("/postgres"))
                            .isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
