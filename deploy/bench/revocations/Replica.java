import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One replica of a service, which decides about tokens. */
final class Replica {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final String name;
    final String url;
    private final String managementUrl;
    private final String gatewaySecret;
    private final Queue<Wire> idle = new ConcurrentLinkedQueue<>();

    private Replica(String name, Path run, String gatewaySecret) throws IOException {
        this.name = name;
        this.url = Files.readString(run.resolve(name + ".url")).strip();
        this.managementUrl = Files.readString(run.resolve(name + ".management.url")).strip();
        this.gatewaySecret = gatewaySecret;
    }

    /** The replicas of a service that run, the first one first. */
    static List<Replica> of(String service, Path run, String gatewaySecret) throws IOException {
        List<Replica> replicas = new ArrayList<>(List.of(new Replica(service, run, gatewaySecret)));
        for (int i = 2; Files.exists(run.resolve(service + "-" + i + ".url")); i++) {
            replicas.add(new Replica(service + "-" + i, run, gatewaySecret));
        }
        return replicas;
    }

    /** The question what an access token is worth here. */
    byte[] aboutToken(String token) {
        String bearer = "Authorization: Bearer " + token;
        if (name.startsWith("signing")) {
            return decision("/files/hello.txt", bearer);
        }
        return Wire.request("GET", name.startsWith("flow") ? "/api/config/config_entries/entry" : "/api/", null, bearer);
    }

    /** The question whether a link may pass, for signing-service. */
    byte[] aboutLink(String link) {
        return decision(link, "Accept: */*");
    }

    private byte[] decision(String target, String header) {
        return Wire.request(
                "GET",
                "/authz/auth-request",
                null,
                "X-Latchkey-Gateway: " + gatewaySecret,
                "X-Original-Method: GET",
                "X-Original-URI: " + target,
                header);
    }

    /** Asks, and returns the status. */
    int ask(byte[] question) throws IOException {
        Wire wire = idle.poll();
        if (wire == null) {
            wire = new Wire(url);
        }
        int status = wire.ask(question);
        idle.add(wire);
        return status;
    }

    /** Tells whether it decides from memory; one that says nothing about it, such as one that just starts, does not. */
    boolean hears() throws IOException, InterruptedException {
        List<String> stale = metrics().lines()
                .filter(line -> line.startsWith("latchkey_revocations_stale{"))
                .toList();
        return !stale.isEmpty() && stale.stream().allMatch(line -> line.endsWith(" 0.0"));
    }

    /** What it says itself of how long revocations took to it: how many within which time. */
    String exported() throws IOException, InterruptedException {
        TreeMap<Double, Double> within = new TreeMap<>();
        double longest = 0;
        for (String line : metrics().lines().toList()) {
            double value = line.startsWith("#") ? 0 : Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            if (line.startsWith("latchkey_revocations_latency_seconds_bucket{")) {
                String bound = line.replaceFirst(".*le=\"([^\"]*)\".*", "$1");
                within.put(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound), value);
            } else if (line.startsWith("latchkey_revocations_latency_seconds_max")) {
                longest = value;
            }
        }
        double all = within.isEmpty() ? 0 : within.lastEntry().getValue();
        return "| %-17s | %6.0f | %10s | %10s | %6.0f ms |"
                .formatted(name, all, bound(within, all * 0.5), bound(within, all * 0.99), longest * 1000);
    }

    private static String bound(TreeMap<Double, Double> within, double wanted) {
        return within.entrySet().stream()
                .filter(bucket -> bucket.getValue() >= wanted)
                .findFirst()
                .map(bucket -> bucket.getKey().isInfinite() ? "more" : "≤ %.0f ms".formatted(bucket.getKey() * 1000))
                .orElse("-");
    }

    private String metrics() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(managementUrl + "/q/metrics")).build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }
}
