package dev.latchkey.auth.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The web server of an app, on loopback, that says byte by byte what a test wants said. */
final class AppServer implements AutoCloseable {

    /** What to say for one path. */
    interface Script {
        void play(OutputStream out) throws Exception;
    }

    private final ServerSocket socket;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    final List<String> requests = new CopyOnWriteArrayList<>();

    AppServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofPlatform().daemon().start(this::accept);
    }

    AppServer on(String path, Script script) {
        scripts.put(path, script);
        return this;
    }

    AppServer on(String path, String status, String headers, String body) {
        return on(path, status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    AppServer on(String path, String status, String headers, byte[] body) {
        return on(path, out -> {
            out.write(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        });
    }

    AppServer html(String path, String body) {
        return on(path, "200 OK", "Content-Type: text/html\r\n", body);
    }

    AppServer json(String path, String body) {
        return on(path, "200 OK", "Content-Type: application/json\r\n", body);
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String path = in.readLine().split(" ")[1];
            requests.add(path);
            while (!in.readLine().isEmpty()) {
                // the rest of the head
            }
            Script script = scripts.get(path);
            if (script != null) {
                script.play(connection.getOutputStream());
                connection.getOutputStream().flush();
            }
        } catch (Exception gone) {
            // the peer has hung up, which is what some tests want
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
