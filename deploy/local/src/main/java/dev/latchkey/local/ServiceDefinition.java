package dev.latchkey.local;

import java.nio.file.Path;
import java.util.List;

/**
 * One service of the platform.
 *
 * @param name what it is called in messages, pid files and log files
 * @param program what to give the Java command: {@code -jar} and a file, or a class path and a main class
 * @param database the name of its own database, or null when it has none
 * @param paths which paths it answers, in the form of {@link dev.latchkey.local.gateway.Route#pattern()}
 */
public record ServiceDefinition(String name, List<String> program, String database, List<String> paths) {
    /** The one that decides about files. */
    static final String SIGNING = "signing-service";

    /** Copies the lists. */
    public ServiceDefinition {
        program = List.copyOf(program);
        paths = List.copyOf(paths);
    }

    /**
     * The services, in the order in which the gateway looks for a path.
     *
     * @param checkout where the packaged services are
     */
    static List<ServiceDefinition> all(Path checkout) {
        return List.of(
                packaged(
                        checkout,
                        "auth-service",
                        "auth",
                        "/",
                        "/auth/*",
                        "/.well-known/*",
                        "/api/",
                        "/api/websocket",
                        "/api/onboarding",
                        "/api/onboarding/*"),
                packaged(checkout, "flow-service", "flow", "/api/config/*"),
                packaged(checkout, SIGNING, null, "/api/signed_paths", "/authz/*"));
    }

    private static ServiceDefinition packaged(Path checkout, String name, String database, String... paths) {
        var jar = checkout.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
        return new ServiceDefinition(name, List.of("-jar", jar.toString()), database, List.of(paths));
    }
}
