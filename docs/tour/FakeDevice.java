import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A device to connect in the tour: it answers {@code GET /api/user} to whoever has a token, and does what it is told at {@code
 * /control}. Everybody on this machine may control it; it is a toy.
 *
 * <pre>
 * java FakeDevice.java 9123
 * curl -d 'account=ada&amp;token=t2' http://127.0.0.1:9123/control   from now on t2 is the only token of ada
 * curl -d 'outage=true' http://127.0.0.1:9123/control            answers 503 to everything else (false: no longer)
 * curl -d 'port=9124' http://127.0.0.1:9123/control              moves to another port
 * curl -d 'stop=true' http://127.0.0.1:9123/control              ends
 * </pre>
 */
public final class FakeDevice implements AutoCloseable {

    private static final int LONGEST_BODY = 4096;

    private final Map<String, String> tokenByAccount =
            new ConcurrentHashMap<>(Map.of("ada", "token-of-ada", "bob", "token-of-bob"));
    private volatile boolean outage;
    private volatile HttpServer server;

    /** Starts it on a port of the loopback interface; 0 picks a free one. */
    public FakeDevice(int port) throws IOException {
        server = listen(port);
    }

    public static void main(String[] arguments) throws IOException {
        FakeDevice device = new FakeDevice(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9123);
        System.out.println("The device listens at " + device.url());
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private HttpServer listen(int port) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        listening.createContext("/", exchange -> answer(exchange, 404, "{\"message\":\"Not found\"}"));
        listening.createContext("/api/user", this::user);
        listening.createContext("/control", this::control);
        listening.start();
        return listening;
    }

    private void user(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String account = tokenByAccount.entrySet().stream()
                .filter(entry -> ("Bearer " + entry.getValue()).equals(authorization))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        if (outage) {
            answer(exchange, 503, "{\"message\":\"Being repaired\"}");
        } else if (account == null) {
            answer(exchange, 401, "{\"message\":\"Unauthorized\"}");
        } else {
            answer(exchange, 200, "{\"id\":\"" + account + "\",\"name\":\"Device of " + account + "\"}");
        }
    }

    private void control(HttpExchange exchange) throws IOException {
        Map<String, String> order = form(exchange);
        String account = order.getOrDefault("account", "ada");
        if (!account.matches("[a-z]{1,20}") || !order.getOrDefault("port", "0").matches("[0-9]{1,5}")) {
            answer(exchange, 400, "{\"message\":\"An account is 1 to 20 letters, a port is a number\"}");
            return;
        }
        if (order.containsKey("token")) {
            tokenByAccount.put(account, order.get("token"));
        }
        if (order.containsKey("outage")) {
            outage = Boolean.parseBoolean(order.get("outage"));
        }
        HttpServer before = server;
        if (order.containsKey("port")) {
            server = listen(Integer.parseInt(order.get("port")));
        }
        answer(exchange, 200, "{\"url\":\"" + url() + "\"}");
        if (server != before || order.containsKey("stop")) {
            // Stopping waits for the exchange that is under way, which is this one.
            Thread.ofPlatform().start(() -> before.stop(1));
        }
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
