package dev.latchkey.signing.gateway;

import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real gateway in a process of its own, with a recipe of {@code deploy/gateways} as it is but for the addresses. */
final class GatewayProgram implements AutoCloseable {

    static final String SECRET = "the-gateway-secret-of-the-tests-00";

    private static final Path RECIPES = Path.of("../deploy/gateways");

    private final String name;
    private final Path home;
    private final int port;
    private final Process process;

    private GatewayProgram(String name, Path home, int port, Process process) {
        this.name = name;
        this.home = home;
        this.port = port;
        this.process = process;
    }

    /** Starts nginx. */
    static GatewayProgram nginx(Path home, int signing, int upstream) throws IOException {
        int port = Loopback.freePort();
        String recipe = Files.readString(RECIPES.resolve("nginx/latchkey.conf.template"));
        for (Map.Entry<String, String> variable :
                addresses(port, signing, upstream).entrySet()) {
            recipe = recipe.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        Files.writeString(home.resolve("latchkey.conf"), recipe);
        Files.writeString(home.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log stderr warn;
                events { worker_connections 512; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    include %1$s/latchkey.conf;
                }
                """.formatted(home));
        List<String> command = List.of(
                onPath("nginx"),
                "-p",
                home.toString(),
                "-c",
                home.resolve("nginx.conf").toString());
        return start("nginx", command, home, port, Map.of());
    }

    /** Starts Caddy. */
    static GatewayProgram caddy(Path home, int signing, int upstream) throws IOException {
        int port = Loopback.freePort();
        Map<String, String> environment = new HashMap<>(addresses(port, signing, upstream));
        environment.put("LATCHKEY_LISTEN", "http://:" + port);
        environment.put("XDG_DATA_HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", home.toString());
        List<String> command = List.of(
                onPath("caddy"),
                "run",
                "--adapter",
                "caddyfile",
                "--config",
                RECIPES.resolve("caddy/Caddyfile").toAbsolutePath().normalize().toString());
        return start("caddy", command, home, port, environment);
    }

    int port() {
        return port;
    }

    @Override
    public String toString() {
        return name;
    }

    private static Map<String, String> addresses(int port, int signing, int upstream) {
        // Nobody listens for auth-service and flow-service: what is routed to them answers 502.
        int nobody = Loopback.freePort();
        return Map.of(
                "LATCHKEY_LISTEN", "127.0.0.1:" + port,
                "LATCHKEY_AUTH", "127.0.0.1:" + nobody,
                "LATCHKEY_FLOW", "127.0.0.1:" + nobody,
                "LATCHKEY_SIGNING", "127.0.0.1:" + signing,
                "LATCHKEY_UPSTREAM", "127.0.0.1:" + upstream,
                "LATCHKEY_GATEWAY_SECRET", SECRET);
    }

    private static GatewayProgram start(
            String name, List<String> command, Path home, int port, Map<String, String> environment)
            throws IOException {
        Path log = home.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        GatewayProgram program = new GatewayProgram(name, home, port, process);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(log));
            }
            return program.listens();
        });
        return program;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Loopback.HOST, port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Debian has nginx where only root looks. */
    private static String onPath(String program) {
        for (String directory : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return Path.of(directory, program).toString();
            }
        }
        throw new IllegalStateException("There is no " + program + " on this machine: sudo apt-get install " + program);
    }

    String log() {
        try {
            return Files.readString(home.resolve(name + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
