package dev.latchkey.flow.entry;

import static dev.latchkey.flow.Bearers.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask for long lists and do not take them. */
@FlowServiceTest
@TestProfile(SlowReaderIT.ShortPatience.class)
@Timeout(120)
class SlowReaderIT {

    /** So many that a list does not fit into what the kernel keeps of a connection. */
    private static final int ENTRIES = 20_000;

    /** How many lists all memory for them is enough for. */
    private static final int AT_ONCE = 4;

    private static final int READERS = 2 * AT_ONCE;

    private static final String LIST = "/api/config/config_entries/entry";

    /** Long lists are to be taken in two seconds. */
    public static class ShortPatience implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("latchkey.flow.list-send-timeout", "PT2S");
        }
    }

    @Inject
    World world;

    @TestHTTPResource
    URI root;

    private final List<Socket> readers = new ArrayList<>();

    @BeforeEach
    void addEntries() {
        world.execute("""
                insert into config_entry (id, domain, title, source, version, minor_version, sealed, key_id, disabled_by,
                    pref_disable_new_entities, pref_disable_polling, created_at, modified_at, state, tries, suspect, reload_wanted)
                select lpad(n::text, 26, '0'), 't_slow', 'Device ' || n, 'user', 1, 1, '', '', 'user', false, false, now(), now(),
                    'not_loaded', 0, false, 0
                from generate_series(1, %d) n
                """.formatted(ENTRIES));
    }

    @AfterEach
    void clear() throws IOException {
        for (Socket reader : readers) {
            reader.close();
        }
        world.clear();
    }

    @Test
    void whoDoesNotTakeAListIsCutOffAndKeepsNobodyElseFromTheirs() throws IOException {
        for (int i = 0; i < READERS; i++) {
            readers.add(askAndDoNotRead());
        }

        as(Bearers.USER).get(LIST).then().statusCode(200).body("", hasSize(ENTRIES));
        int cutOff = 0;
        for (Socket reader : readers) {
            cutOff += received(reader) < ENTRIES * 400L ? 1 : 0;
        }
        // Those whose turn came last are read in time.
        assertThat(cutOff).isPositive();
    }

    private Socket askAndDoNotRead() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(root.getHost(), root.getPort()));
        socket.getOutputStream()
                .write(("GET " + LIST + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Bearers.USER
                                + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Returns how many bytes came before the connection ended. */
    private static long received(Socket socket) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        socket.setSoTimeout(30_000);
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                total += read;
            }
        } catch (SocketException e) {
            // Reset, which is how one is cut off.
        }
        return total;
    }
}
