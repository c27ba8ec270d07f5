package dev.latchkey.local.checker.cluster;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A service with a mistake in its verifier, made from the packaged one: one line of the source of a class of {@code platform} is
 * replaced, the class compiled, and put into a copy of the packaged service. So the mistake is in real code at the place where a
 * person would make it, and nothing in the service that is shipped can be switched to it.
 */
public enum BrokenBuild {
    /** Goes by memory although nothing was heard for long, instead of asking. Only an outage shows it. */
    TRUSTS_STALE_MEMORY(
            "RevokedGrants",
            "return staleness() == Staleness.NONE ? GrantStatus.LIVE : GrantStatus.STALE;",
            "return GrantStatus.LIVE;"),
    /** Forgets every revocation. */
    REMEMBERS_NOTHING("RevokedGrants", "ids.add(revocation);", "");

    private static final String PACKAGE = "dev/latchkey/platform/revocation/";

    private final String className;
    private final String line;
    private final String mistake;

    BrokenBuild(String className, String line, String mistake) {
        this.className = className;
        this.line = line;
        this.mistake = mistake;
    }

    /**
     * Makes the build.
     *
     * @param checkout with the packaged services
     * @param service as {@code signing-service}
     * @param directory where it is put
     * @return the jar to run
     * @throws IllegalStateException when the source has not the line any more, or does not compile without it
     */
    Path make(Path checkout, String service, Path directory) throws IOException {
        var application = directory.resolve("quarkus-app");
        copy(checkout.resolve(service).resolve("target/quarkus-app"), application);
        var libraries = files(application.resolve("lib"));
        var platform = libraries.stream()
                .filter(file -> file.getFileName().toString().startsWith("dev.latchkey.latchkey-platform-"))
                .findFirst()
                .orElseThrow();
        var classes = compile(mistaken(checkout, directory), libraries, directory);
        try (var jar = FileSystems.newFileSystem(platform)) {
            for (var file : files(classes)) {
                var path = jar.getPath(classes.relativize(file).toString());
                Files.copy(file, path, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return application.resolve("quarkus-run.jar");
    }

    private Path mistaken(Path checkout, Path directory) throws IOException {
        var source = Files.readString(
                checkout.resolve("platform/src/main/java").resolve(PACKAGE).resolve(className + ".java"));
        if (source.indexOf(line) < 0 || source.indexOf(line) != source.lastIndexOf(line)) {
            throw new IllegalStateException(className + " has not exactly one line " + line);
        }
        var written = Files.createDirectories(directory.resolve("source")).resolve(className + ".java");
        return Files.writeString(written, source.replace(line, mistake));
    }

    private static Path compile(Path source, List<Path> libraries, Path directory) throws IOException {
        var classes = Files.createDirectories(directory.resolve("classes"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var told = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of(
                    "--release",
                    "21",
                    "-parameters",
                    "-proc:none",
                    "-d",
                    classes.toString(),
                    "-cp",
                    libraries.stream().map(Path::toString).collect(Collectors.joining(":")));
            var task = compiler.getTask(told, manager, null, options, null, manager.getJavaFileObjects(source));
            if (!task.call()) {
                throw new IllegalStateException(told.toString());
            }
        }
        return classes;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
