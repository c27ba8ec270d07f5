package dev.latchkey.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports on 127.0.0.1. */
public final class Loopback {
    /** The only address the embedded servers listen on. */
    public static final String HOST = "127.0.0.1";

    private Loopback() {}

    /**
     * A port that is free at this moment.
     *
     * @throws ServerStartException when the system has none to give
     */
    public static int freePort() {
        return freePorts(1).getFirst();
    }

    /**
     * Distinct ports that are free at this moment.
     *
     * @param count how many, at least 1
     * @throws ServerStartException when the system has none to give
     */
    public static List<Integer> freePorts(int count) {
        var held = new ArrayList<ServerSocket>(count);
        try {
            for (int i = 0; i < count; i++) {
                var socket = new ServerSocket();
                held.add(socket);
                socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), 0));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new ServerStartException("There is no free port on " + HOST + ": " + e.getMessage(), e);
        } finally {
            held.forEach(Loopback::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new ServerStartException("A probed port could not be released: " + e.getMessage(), e);
        }
    }
}
