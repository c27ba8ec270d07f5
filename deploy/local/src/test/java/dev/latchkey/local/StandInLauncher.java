package dev.latchkey.local;

import java.nio.file.Path;
import java.util.List;

/** The launcher with the stand-in as its only service. */
final class StandInLauncher {
    static final String SERVICE = "stand-in";

    private StandInLauncher() {}

    public static void main(String[] arguments) throws InterruptedException {
        var program = List.of("-cp", System.getProperty("java.class.path"), StandInService.class.getName());
        var paths = List.of("/", "/database", "/kafka", "/environment");
        Launcher.run(Path.of("."), List.of(new ServiceDefinition(SERVICE, program, "stand_in", paths)));
    }
}
