package dev.latchkey.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How child processes are started. */
public final class Commands {
    private static final String OWN_SESSION = find("setsid");

    private Commands() {}

    /**
     * The command, started in a session of its own where the system can do that.
     *
     * <p>Otherwise Ctrl-C in a terminal would reach every child at once, and they would go down in no order. The
     * process keeps its id: {@code setsid} replaces itself by the command.
     *
     * @param command program and arguments
     * @return what to hand to {@link ProcessBuilder}
     */
    public static List<String> inOwnSession(List<String> command) {
        if (OWN_SESSION == null) {
            return command;
        }
        var whole = new ArrayList<String>(command.size() + 1);
        whole.add(OWN_SESSION);
        whole.addAll(command);
        return whole;
    }

    private static String find(String program) {
        var path = System.getenv("PATH");
        if (path == null) {
            return null;
        }
        for (var directory : path.split(File.pathSeparator)) {
            var candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        return null;
    }
}
