import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service as a process that can be killed and is started again by others, and how much memory it takes. Linux. */
final class ServiceProcess {

    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$");

    private final HttpClient http;
    private final String management;
    private final Path pidFile;
    private long killed;
    private volatile boolean stopped;
    private volatile double mostHeap;

    ServiceProcess(HttpClient http, String management, Path pidFile) {
        this.http = http;
        this.management = management;
        this.pidFile = pidFile;
    }

    /** A directory on the disk of the platform. */
    Path directory() {
        return pidFile.getParent();
    }

    void kill() throws IOException {
        killed = pid();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
    }

    /** Looks at the heap of the process that follows a killed one, until {@link #stopWatching}. */
    void watchHeap() {
        while (!stopped) {
            try {
                TimeUnit.MILLISECONDS.sleep(500);
                if (pid() != killed) {
                    mostHeap = Math.max(mostHeap, heap());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException e) {
                // Not there yet.
            }
        }
    }

    void stopWatching() {
        stopped = true;
    }

    /** Bytes, garbage included, as seen twice a second. */
    double mostHeap() {
        return mostHeap;
    }

    void report(String when) throws IOException {
        String status = Files.readString(Path.of("/proc/" + pid() + "/status"));
        System.out.printf(
                "memory of the service %s: %.0f MB resident, at most %.0f MB so far%n",
                when, megabytes(status, "VmRSS"), megabytes(status, "VmHWM"));
    }

    private double heap() throws IOException, InterruptedException {
        String metrics = http.send(
                        HttpRequest.newBuilder(URI.create(management + "/q/metrics")).build(), BodyHandlers.ofString())
                .body();
        return HEAP.matcher(metrics)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    private static double megabytes(String status, String name) {
        Matcher found = Pattern.compile(name + ":\\s+(\\d+) kB").matcher(status);
        return found.find() ? Long.parseLong(found.group(1)) * 1024 / 1e6 : Double.NaN;
    }

    /** @throws IOException when there is no pid, or not yet a whole one */
    private long pid() throws IOException {
        String text = Files.readString(pidFile);
        try {
            return Long.parseLong(text.strip().split("\\s")[0]);
        } catch (NumberFormatException e) {
            throw new IOException("no pid in " + pidFile, e);
        }
    }
}
