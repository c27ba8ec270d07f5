package dev.latchkey.platform.outbound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server that says exactly what a test wants said, byte by byte. */
final class RawServer implements AutoCloseable {

    /** What to do with a connection once the request's head was read. */
    interface Script {
        void play(OutputStream out) throws Exception;
    }

    private final ServerSocket socket;
    private final Script script;
    final List<String> heads = new CopyOnWriteArrayList<>();

    RawServer(Script script) throws IOException {
        this(ServerSocketFactory.getDefault(), script);
    }

    RawServer(ServerSocketFactory sockets, Script script) throws IOException {
        this.socket = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    static RawServer saying(String everything) throws IOException {
        return new RawServer(out -> out.write(everything.getBytes(StandardCharsets.ISO_8859_1)));
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
            StringBuilder head = new StringBuilder();
            String line;
            while ((line = in.readLine()) != null && !line.isEmpty()) {
                head.append(line).append('\n');
            }
            heads.add(head.toString());
            script.play(connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (Exception gone) {
            // the peer has hung up, which is what many tests want
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
