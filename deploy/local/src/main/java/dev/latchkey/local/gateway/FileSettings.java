package dev.latchkey.local.gateway;

import java.nio.file.Path;

/**
 * The files that the gateway itself serves under {@code /files/}, and who decides about them.
 *
 * @param directory served with everything in it but what is hidden; symbolic links in it are followed, wherever they lead
 * @param decisions signing-service
 * @param secret by which it knows this gateway
 */
public record FileSettings(Path directory, Replicas decisions, String secret) {
    /** Files about which a port on 127.0.0.1 decides. */
    public static FileSettings decidedAtPort(Path directory, int port, String secret) {
        return new FileSettings(directory, Replicas.atPort(port), secret);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "FileSettings[" + directory + "]";
    }
}
