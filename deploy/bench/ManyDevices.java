import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many devices in one process: one address with every fifth account, the others spread over a hundred addresses. */
final class ManyDevices {
    private static final int ADDRESSES = 100;
    private static final int TAKES_MILLIS = 5;
    private static final String TOKEN = "token-of-";

    final AtomicLong spent = new AtomicLong();
    final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger mostOfOne = new AtomicInteger();
    private final Map<String, AtomicInteger> runningByAddress = new ConcurrentHashMap<>();

    ManyDevices() throws IOException {
        server = HttpServer.create(new InetSocketAddress("0.0.0.0", 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/user", this::answer);
        server.start();
    }

    String address(int account) {
        int host = account % 5 == 0 ? 1 : 2 + account % ADDRESSES;
        return "http://127.0.1." + host + ":" + server.getAddress().getPort();
    }

    /** Counts as running from here until just before the answer, so that nothing is counted that the client thinks is over. */
    private void answer(HttpExchange exchange) throws IOException {
        long start = System.nanoTime();
        AtomicInteger ofOne = runningByAddress.computeIfAbsent(
                exchange.getLocalAddress().getAddress().getHostAddress(), address -> new AtomicInteger());
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        mostOfOne.accumulateAndGet(ofOne.incrementAndGet(), Math::max);
        try {
            TimeUnit.MILLISECONDS.sleep(TAKES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")).replace("Bearer ", "");
        boolean known = token.startsWith(TOKEN);
        if (known) {
            seen.add(token);
        }
        byte[] body = (known ? "{\"id\":\"%1$s\",\"name\":\"Device %1$s\"}".formatted(token.substring(TOKEN.length())) : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        running.decrementAndGet();
        ofOne.decrementAndGet();
        spent.addAndGet(System.nanoTime() - start);
        exchange.sendResponseHeaders(known ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    void forget() {
        seen.clear();
        most.set(0);
        mostOfOne.set(0);
    }

    void report(String when) {
        System.out.printf("requests at once %s: at most %d, %d of one address%n", when, most.get(), mostOfOne.get());
    }

    void stop() {
        server.stop(0);
    }
}
