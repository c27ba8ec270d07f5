package dev.latchkey.signing.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The protected service behind a gateway: notes, octet by octet, what reaches it, and repairs nothing. */
final class Upstream implements AutoCloseable {

    /** What reached it; the lines of the head without their ends. */
    record Arrived(String requestLine, List<String> headers) {

        String method() {
            return requestLine.split(" ")[0];
        }

        String target() {
            return requestLine.split(" ")[1];
        }

        /** Returns the values of a header, whatever its case. */
        List<String> header(String name) {
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }
    }

    private final ServerSocket server;
    private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();

    Upstream() {
        try {
            server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Returns what reached it since the last time somebody looked. An answer that a client has seen was noted before. */
    List<Arrived> arrived() {
        List<Arrived> all = new java.util.ArrayList<>();
        arrived.drainTo(all);
        return all;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                Thread.ofVirtual().start(() -> answer(connection));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            String head = head(connection.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            List<String> lines = List.of(head.strip().split("\r\n"));
            arrived.add(new Arrived(lines.getFirst(), lines.subList(1, lines.size())));
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nX-Upstream: reached\r\nConnection: close\r\nContent-Length: 3\r\n\r\nyes"
                            .getBytes(StandardCharsets.ISO_8859_1));
            connection.getOutputStream().flush();
            connection.shutdownOutput();
            connection.getInputStream().skip(1 << 20);
        } catch (IOException e) {
            // The gateway left.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return head.toString();
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
