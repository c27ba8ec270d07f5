package dev.latchkey.flow.connector;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a loopback port that answers every request with what a test wants said, byte by byte. */
public final class ScriptedServer implements AutoCloseable {

    /** What was asked. */
    public record Request(String line, Map<String, String> headers) {

        public String header(String name) {
            return headers.get(name);
        }
    }

    /** What to do with a connection once the request's head was read. */
    public interface Script {
        void play(Request request, OutputStream out) throws Exception;
    }

    private final ServerSocket socket;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Script script;

    public ScriptedServer(Script script) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        this.script = script;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    public static ScriptedServer answering(int status, String body) throws IOException {
        return new ScriptedServer((request, out) -> answer(out, status, body));
    }

    public static void answer(OutputStream out, int status, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                + "\r\n"
                + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList()) + "\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(bytes);
    }

    public void now(Script other) {
        script = other;
    }

    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    public List<Request> requests() {
        return Collections.unmodifiableList(requests);
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
            String first = in.readLine();
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                String[] pair = line.split(":\\s*", 2);
                headers.merge(pair[0], pair[1], (one, other) -> one + " | " + other);
            }
            Request request = new Request(first, headers);
            requests.add(request);
            script.play(request, connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (Exception gone) {
            // the peer has hung up, which is what many tests want
        }
    }

    /** Accepts no connection from now on. */
    public void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
