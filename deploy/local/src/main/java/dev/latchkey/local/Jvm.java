package dev.latchkey.local;

import java.util.ArrayList;
import java.util.List;

/** Command lines of child JVMs. */
final class Jvm {
    /** From here on the JVM prints warnings about Netty and Kafka that nobody here can act on. */
    private static final int UNSAFE_WARNS_SINCE = 24;

    /** From here on the JVM can give native memory back that its compilers needed for a while. */
    private static final int TRIMS_SINCE = 22;

    /** From here on an object has eight bytes of header for good, where before it has twelve. */
    private static final int COMPACT_SINCE = 25;

    /** What the classes of a service take: with less, the heap is collected whole again and again while they are loaded. */
    private static final String METASPACE = "-XX:MetaspaceSize=96m";

    private static final String TRIM = "-XX:TrimNativeHeapInterval=10000";

    private Jvm() {}

    /**
     * A JVM like this one, that ends rather than staggers on when its memory is used up.
     *
     * @param options heap and the like
     * @param program {@code -jar} and a file, or a class path and a main class
     */
    static List<String> command(List<String> options, List<String> program) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add(METASPACE);
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= UNSAFE_WARNS_SINCE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (Runtime.version().feature() >= TRIMS_SINCE) {
            command.add(TRIM);
        }
        if (Runtime.version().feature() >= COMPACT_SINCE) {
            command.add("-XX:+UseCompactObjectHeaders");
        }
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.addAll(options);
        command.addAll(program);
        return List.copyOf(command);
    }
}
