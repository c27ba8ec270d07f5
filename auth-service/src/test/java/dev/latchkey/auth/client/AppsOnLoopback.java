package dev.latchkey.auth.client;

import dev.latchkey.platform.net.IpLiterals;
import dev.latchkey.platform.outbound.OutboundHttp;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A client directory that asks apps on loopback. */
@Timeout(20)
abstract class AppsOnLoopback {

    static final String CALLBACK = "hass://auth";
    static final String LINK = "<link rel=redirect_uri href=" + CALLBACK + ">";

    static final InetAddress NEIGHBOUR = IpLiterals.parse("198.51.100.8").orElseThrow();

    static Vertx vertx;
    final AtomicLong clock = new AtomicLong();
    AppServer app;
    ClientMetadataFetcher fetcher;
    ClientDirectory directory;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void start() throws IOException {
        app = new AppServer();
        use(FetchSettings.forLoopback());
    }

    @AfterEach
    void stop() throws IOException {
        fetcher.close();
        app.close();
    }

    ClientVerdict verify(String clientId, String redirectUri) {
        return directory.verify(clientId, redirectUri, NEIGHBOUR);
    }

    Optional<ClientApp> describe(String clientId) {
        return directory.describe(clientId, NEIGHBOUR);
    }

    void use(FetchSettings settings) {
        if (fetcher != null) {
            fetcher.close();
        }
        OutboundHttp http = new OutboundHttp(
                vertx, ClientMetadataFetcher.policy(settings, "http://127.0.0.1:8123"), AppsOnLoopback::resolve);
        fetcher = new ClientMetadataFetcher(http, settings);
        directory = new ClientDirectory(fetcher, settings, clock::get);
    }

    static List<InetAddress> resolve(String name) throws UnknownHostException {
        return switch (name) {
            case "app.example.com", "printer.local" ->
                List.of(InetAddress.getByName(name.equals("printer.local") ? "93.184.216.34" : "127.0.0.1"));
            case "intern.example.com" -> List.of(InetAddress.getByName("10.0.0.1"));
            case "mixed.example.com" ->
                List.of(InetAddress.getByName("93.184.216.34"), InetAddress.getByName("10.0.0.1"));
            default -> throw new UnknownHostException(name);
        };
    }

    static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
