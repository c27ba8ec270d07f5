package dev.latchkey.flow.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class ListingTest {

    private final Semaphore room = new Semaphore(0);
    private final Listing listing = listing();

    private Listing listing() {
        SegmentedBytes bytes = new SegmentedBytes();
        byte[] text = "[]".getBytes(StandardCharsets.UTF_8);
        bytes.write(text, 0, text.length);
        return new Listing(bytes, room, 3);
    }

    @Test
    void aListThatIsSentGivesItsMemoryBack() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        listing.sendTo(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[]");
        assertThat(listing.size()).isEqualTo(2);
        assertThat(room.availablePermits()).isEqualTo(3);
    }

    @Test
    void aListWhoseClientLeavesGivesItsMemoryBack() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatThrownBy(() -> listing.sendTo(gone)).isInstanceOf(IOException.class);

        assertThat(room.availablePermits()).isEqualTo(3);
    }

    @Test
    void memoryIsGivenBackOnceHoweverOftenAListIsOver() throws IOException {
        listing.over();
        listing.over();
        listing.sendTo(OutputStream.nullOutputStream());

        assertThat(room.availablePermits()).isEqualTo(3);
    }
}
