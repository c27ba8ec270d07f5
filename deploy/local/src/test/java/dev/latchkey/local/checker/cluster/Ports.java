package dev.latchkey.local.checker.cluster;

import dev.latchkey.embedded.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Objects;
import java.util.Random;

/**
 * Ports below those that systems give to outgoing connections: nobody takes the port of a process while it is dead, as long as
 * there is nobody else who looks for one here.
 */
final class Ports {
    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private int next = FIRST + new Random().nextInt((LAST - FIRST) / 2);

    /** Returns one that is free now, and never the same again. */
    int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            next++;
            if (isFree(next)) {
                return next;
            }
        }
        throw new IllegalStateException("There is no free port near " + next);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName(Loopback.HOST))) {
            return socket.isBound();
        } catch (IOException e) {
            // Somebody has it.
            Objects.requireNonNull(e);
            return false;
        }
    }
}
