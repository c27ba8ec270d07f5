package dev.latchkey.local.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** The device of the tour, in a process of its own. */
public final class Device implements AutoCloseable {
    private static final Path TOUR = Path.of("../../docs/tour").toAbsolutePath().normalize();
    private static final String LISTENS = "The device listens at ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private String url;

    private Device(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it at a free port. */
    public static Device start() throws IOException {
        var java = ProcessHandle.current().info().command().orElse("java");
        var process = new ProcessBuilder(java, TOUR.resolve("FakeDevice.java").toString(), "0")
                .redirectErrorStream(true)
                .start();
        var printed = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        var line = printed.readLine();
        assertThat(line).startsWith(LISTENS);
        return new Device(process, line.substring(LISTENS.length()));
    }

    /** Tells the platform of a home what kind of thing it is. */
    public static void describe(Path home) throws IOException {
        Files.copy(TOUR.resolve("fake_device.yaml"), home.resolve("connectors/fake_device.yaml"));
    }

    /** Where it listens at the moment. */
    public String url() {
        return url;
    }

    /** Gives an account, one that did not exist too, another token. */
    public void changeToken(String account, String token) throws Exception {
        control("account=" + account + "&token=" + token);
    }

    /** Goes to another port of this machine. */
    void move() throws Exception {
        url = control("port=0").getString("url");
    }

    /** Tells whether it takes a token. */
    boolean takes(String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/user"))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode() == 200;
    }

    private JsonObject control(String order) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/control"))
                .POST(BodyPublishers.ofString(order))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
