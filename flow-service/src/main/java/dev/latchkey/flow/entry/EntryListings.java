package dev.latchkey.flow.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import dev.latchkey.platform.http.MessageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Writes lists of entries for clients. A list is complete in memory before the first byte is sent, so that a slow reader holds no
 * database connection; how many are made at once is bounded, and how much memory those take that are being sent.
 */
@ApplicationScoped
public class EntryListings {

    private static final int AT_ONCE = 8;
    private static final int WAIT_SECONDS = 10;

    /** 48 MiB: nine lists of ten thousand entries, or one that is longer. */
    private static final int ROOM = 48 * 1024 * 1024 / SegmentedBytes.SEGMENT;

    private final EntryList entries;
    private final EntryViews views;
    private final ObjectWriter writer;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final Semaphore room = new Semaphore(ROOM, true);

    EntryListings(EntryList entries, EntryViews views, ObjectMapper mapper) {
        this.entries = entries;
        this.views = views;
        this.writer = mapper.writerFor(EntryJson.class);
    }

    /**
     * Returns a JSON array of the entries that a filter wants, oldest first. The caller says when it is {@link Listing#over}.
     *
     * @throws MessageException 503 when too many are being made or sent
     */
    Listing json(EntryFilter filter) {
        take(turns, 1);
        try {
            SegmentedBytes bytes = write(filter);
            int share = Math.min(bytes.segments(), ROOM);
            take(room, share);
            return new Listing(bytes, room, share);
        } finally {
            turns.release();
        }
    }

    private SegmentedBytes write(EntryFilter filter) {
        SegmentedBytes bytes = new SegmentedBytes();
        Function<EntrySummary, EntryJson> view = views.many();
        try (SequenceWriter array = writer.writeValuesAsArray(bytes)) {
            entries.each(filter, entry -> write(array, view.apply(entry)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** Returns one entry as clients see it. */
    public Optional<EntryJson> find(String entryId) {
        return entries.find(entryId).map(views::of);
    }

    private static void take(Semaphore bounded, int share) {
        try {
            if (bounded.tryAcquire(share, WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new MessageException(503, "Too many lists are asked for. Try again in a moment.");
    }

    private static void write(SequenceWriter array, EntryJson entry) {
        try {
            array.write(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
