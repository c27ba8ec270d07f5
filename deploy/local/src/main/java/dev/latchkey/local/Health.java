package dev.latchkey.local;

import dev.latchkey.embedded.Loopback;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a service whether it is ready. */
final class Health {
    private static final int TIMEOUT_MS = 2_000;

    private Health() {}

    static boolean isReady(int managementPort) {
        var url = URI.create("http://" + Loopback.HOST + ":" + managementPort + "/q/health/ready");
        try {
            var connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
