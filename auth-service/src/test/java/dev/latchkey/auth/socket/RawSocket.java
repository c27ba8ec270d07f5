package dev.latchkey.auth.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A client that writes the bytes of the protocol itself, to do what no library does (RFC 6455). */
final class RawSocket implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 15_000;
    private static final Duration LONGEST_FLOOD = Duration.ofSeconds(40);

    private final Socket socket = new Socket();

    private RawSocket() throws IOException {
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress("localhost", RestAssured.port), PATIENCE_MILLIS);
    }

    static RawSocket connect() throws IOException {
        return new RawSocket();
    }

    static byte[] handshake() {
        return """
                GET /api/websocket HTTP/1.1\r
                Host: localhost\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                \r
                """.getBytes(ISO_8859_1);
    }

    /** Returns a masked text frame; the mask is 0, which leaves the text as it is. */
    static byte[] text(String text) {
        byte[] payload = text.getBytes(UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) 0x81);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** Writes all parts in one packet. */
    void write(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        socket.getOutputStream().write(all.toByteArray());
    }

    /** Writes the same again and again without reading, until the server has gone away. */
    void writeUntilCutOff(byte[] frame) {
        Thread writer = Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    socket.getOutputStream().write(frame);
                }
            } catch (IOException cutOff) {
                // What was to be shown.
            }
        });
        try {
            if (!writer.join(LONGEST_FLOOD)) {
                throw new AssertionError("the server still accepts everything");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads until a text has come; fails when the connection ends or nothing comes any more. */
    void readUntil(String expected) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(expected) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("the connection ended after: " + read);
            }
            read.append((char) next);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
