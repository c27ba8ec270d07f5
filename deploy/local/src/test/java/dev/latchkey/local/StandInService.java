package dev.latchkey.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** A service small enough to test the launcher with: it answers whether it reaches its database and Kafka. */
final class StandInService {
    private StandInService() {}

    public static void main(String[] arguments) throws IOException {
        if (System.getenv("STAND_IN_FAILS") != null) {
            System.out.println("the stand-in was told to fail");
            System.exit(3);
        }
        serve(
                "QUARKUS_HTTP_PORT",
                Map.of(
                        "/", exchange -> answer(exchange, "here"),
                        "/database", exchange -> answer(exchange, askDatabase()),
                        "/kafka", exchange -> answer(exchange, askKafka()),
                        "/environment",
                                exchange -> answer(exchange, System.getenv().toString())));
        serve("QUARKUS_MANAGEMENT_PORT", Map.of("/q/health/ready", exchange -> answer(exchange, "UP")));
    }

    private static void serve(String portVariable, Map<String, HttpHandler> handlers) throws IOException {
        var port = Integer.parseInt(System.getenv(portVariable));
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        handlers.forEach(server::createContext);
        server.start();
    }

    private static String askDatabase() {
        var environment = System.getenv();
        try (var connection = DriverManager.getConnection(
                        environment.get("QUARKUS_DATASOURCE_JDBC_URL"),
                        environment.get("QUARKUS_DATASOURCE_USERNAME"),
                        environment.get("QUARKUS_DATASOURCE_PASSWORD"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT 'reached'")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            return e.getMessage();
        }
    }

    private static String askKafka() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                System.getenv("KAFKA_BOOTSTRAP_SERVERS"),
                "default.api.timeout.ms",
                2_000,
                "request.timeout.ms",
                1_000);
        try (var admin = Admin.create(settings)) {
            return admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty() ? "no broker" : "reached";
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }
}
