package dev.latchkey.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.outbound.OutboundResult.Failed;
import dev.latchkey.platform.outbound.OutboundResult.Failure;
import dev.latchkey.platform.outbound.OutboundResult.Response;
import dev.latchkey.testing.RawServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OutboundTlsIT {

    private static final String PASSWORD = "only-for-tests";

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static Path keys;
    private static RawServer server;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        keys = directory.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(command()).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        server = new RawServer(
                tls(),
                out -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII)));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theCertificateIsCheckedAgainstTheNameWhileTheConnectionGoesToTheCheckedAddress() {
        OutboundResult result = get("https://app.example.com:" + server.port() + "/", trusting());

        assertThat(result).isInstanceOf(Response.class);
        assertThat(((Response) result).status()).isEqualTo(200);
    }

    @Test
    void aCertificateForAnotherNameIsATlsFailure() {
        assertThat(get("https://other.example.com:" + server.port() + "/", trusting()))
                .isEqualTo(new Failed(Failure.TLS_FAILED));
    }

    @Test
    void aCertificateNobodyTrustsIsATlsFailure() {
        assertThat(get("https://app.example.com:" + server.port() + "/", new HttpClientOptions()))
                .isEqualTo(new Failed(Failure.TLS_FAILED));
    }

    @Test
    void aCertificateNobodyTrustsForAnotherNameIsGoodEnoughForARequestThatAsksForNoVerification() {
        OutboundResult result = send(
                request("https://other.example.com:" + server.port() + "/").withoutTlsVerification(),
                new HttpClientOptions());

        assertThat(result).isInstanceOf(Response.class);
        assertThat(((Response) result).status()).isEqualTo(200);
    }

    @Test
    void aServerThatSpeaksNoTlsIsATlsFailure() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofPlatform().daemon().start(() -> {
                try (Socket connection = plain.accept()) {
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    connection.getInputStream().readAllBytes();
                } catch (IOException gone) {
                    // the peer has hung up
                }
            });

            assertThat(get("https://app.example.com:" + plain.getLocalPort() + "/", trusting()))
                    .isEqualTo(new Failed(Failure.TLS_FAILED));
        }
    }

    @Test
    void aHandshakeThatNeverEndsIsATimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            assertThat(get("https://app.example.com:" + silent.getLocalPort() + "/", trusting()))
                    .isEqualTo(new Failed(Failure.TIMEOUT));
        }
    }

    private static OutboundResult get(String url, HttpClientOptions trust) {
        return send(request(url), trust);
    }

    private static OutboundRequest request(String url) {
        return OutboundRequest.get(url, Map.of(), Duration.ofSeconds(2), 1000);
    }

    private static OutboundResult send(OutboundRequest request, HttpClientOptions trust) {
        OutboundPolicy policy = new OutboundPolicy(Networks.of("127.0.0.0/8"), Ports.parse("1024-65535"), List.of(), 5);
        HostResolver loopback = name -> List.of(InetAddress.getByName("127.0.0.1"));
        try (OutboundHttp http = new OutboundHttp(vertx, policy, loopback, trust)) {
            return http.send(request).join();
        }
    }

    private static HttpClientOptions trusting() {
        return new HttpClientOptions()
                .setTrustOptions(new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD));
    }

    private static ServerSocketFactory tls() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private static List<String> command() {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        return List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=app.example.com",
                "-ext",
                "san=dns:app.example.com",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                keys.toString());
    }
}
