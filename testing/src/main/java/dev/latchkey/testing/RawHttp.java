package dev.latchkey.testing;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests that no well-behaved HTTP client would send. */
public final class RawHttp {

    /**
     * What came back.
     *
     * @param status 0 when the connection was closed without an answer
     */
    public record Answer(int status, List<String> headers, String body) {

        /** Returns the value of the one header of a name, whatever its case; null when there is none. */
        public String header(String name) {
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }
    }

    private RawHttp() {}

    /** Posts bytes, described by the given header lines and their length. */
    public static Answer post(String path, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder head =
                new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return exchange(head + "Content-Length: " + bytes.length + "\r\n\r\n", bytes);
    }

    /** Posts a body that is shorter than announced, and leaves at once or stays and says nothing more. */
    public static Answer postCutOff(String path, String body, boolean leave, String... headers) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Connection: close\r\nContent-Length: ")
                .append(body.length() + 100)
                .append("\r\n\r\n");
        if (!leave) {
            return exchange(head.toString(), body.getBytes(StandardCharsets.ISO_8859_1));
        }
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            write(socket, head.toString(), body.getBytes(StandardCharsets.ISO_8859_1));
            return new Answer(0, List.of(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request without a body to another program on this machine. */
    public static Answer sendTo(int port, String method, String target, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
            head.append("Host: localhost\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return exchange(port, head + "\r\n", new byte[0]);
    }

    /** Sends a request without a body. */
    public static Answer send(String method, String target, String... headers) {
        return sendTo(RestAssured.port, method, target, headers);
    }

    private static Answer exchange(String head, byte[] body) {
        return exchange(RestAssured.port, head, body);
    }

    private static Answer exchange(int port, String head, byte[] body) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            Thread writer = Thread.ofVirtual().start(() -> write(socket, head, body));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            writer.interrupt();
            return parse(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, String head, byte[] body) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
        } catch (IOException e) {
            // The server may answer and close before it has read everything.
        }
    }

    private static Answer parse(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(0, List.of(), answer);
        }
        List<String> lines = List.of(answer.substring(0, end).split("\r\n"));
        return new Answer(
                Integer.parseInt(lines.getFirst().split(" ")[1]),
                lines.subList(1, lines.size()),
                answer.substring(end + 4));
    }
}
