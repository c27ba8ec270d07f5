package dev.latchkey.testing;

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

/** A server on loopback that says byte by byte what a test wants said, and then hangs up. */
public final class RawServer implements AutoCloseable {

    /** What to do with a connection once the request's head was read. */
    public interface Script {

        /** Says it. Whatever is thrown ends the connection. */
        void play(OutputStream out) throws Exception;
    }

    /** Chooses by the request what to do. */
    public interface Choice {

        /**
         * Returns what to do.
         *
         * @param target of the request line, such as {@code /?a=b}
         * @return null to hang up without a word
         */
        Script of(String target);
    }

    private final ServerSocket socket;
    private final Choice choice;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    public RawServer(Script script) throws IOException {
        this(ServerSocketFactory.getDefault(), script);
    }

    /** @param sockets makes the socket, so that it can be one for TLS */
    public RawServer(ServerSocketFactory sockets, Script script) throws IOException {
        this(sockets, target -> script);
    }

    private RawServer(ServerSocketFactory sockets, Choice choice) throws IOException {
        this.socket = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        this.choice = choice;
        Thread.ofVirtual().start(this::accept);
    }

    /** Starts a server that says the same to everybody, in ISO 8859-1. */
    public static RawServer saying(String everything) throws IOException {
        return new RawServer(out -> out.write(everything.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Starts a server that has several things to say. */
    public static RawServer choosing(Choice choice) throws IOException {
        return new RawServer(ServerSocketFactory.getDefault(), choice);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Returns the heads of the requests so far, in the order in which they came, lines ended by {@code \n}. */
    public List<String> heads() {
        return List.copyOf(heads);
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
            Script script = choice.of(head.toString().split(" ", 3)[1]);
            if (script != null) {
                script.play(connection.getOutputStream());
                connection.getOutputStream().flush();
            }
        } catch (Exception gone) {
            // the peer has hung up, which is what many tests want
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
