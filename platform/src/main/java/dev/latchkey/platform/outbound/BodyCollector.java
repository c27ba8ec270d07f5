package dev.latchkey.platform.outbound;

import dev.latchkey.platform.outbound.OutboundResult.BodyEnd;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Keeps the beginning of a body and undoes its content coding, in memory bounded by what was asked for. */
final class BodyCollector {

    /** Compressed data may be a little longer than what it stands for; nothing useful is longer than this. */
    private static final int CODING_OVERHEAD = 1024;

    private enum Coding {
        IDENTITY,
        GZIP,
        DEFLATE
    }

    /** What was kept, and why it ends there. */
    record Body(byte[] bytes, BodyEnd end) {}

    private final Coding coding;
    private final int maxBytes;
    private final Buffer raw = Buffer.buffer();

    private BodyCollector(Coding coding, int maxBytes) {
        this.coding = coding;
        this.maxBytes = maxBytes;
    }

    /**
     * @param contentEncoding the {@code Content-Encoding} header, null for none
     * @return a collector, or empty when the coding is unknown
     */
    static Optional<BodyCollector> forCoding(String contentEncoding, int maxBytes) {
        String name = contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
        Coding coding = switch (name) {
            case "", "identity" -> Coding.IDENTITY;
            case "gzip", "x-gzip" -> Coding.GZIP;
            case "deflate" -> Coding.DEFLATE;
            default -> null;
        };
        return Optional.ofNullable(coding).map(known -> new BodyCollector(known, maxBytes));
    }

    /** @return whether that is enough and reading can stop */
    boolean add(Buffer chunk) {
        int room = rawLimit() + 1 - raw.length();
        raw.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
        return raw.length() > rawLimit();
    }

    /** @param end why no more came */
    Body body(BodyEnd end) {
        if (coding == Coding.IDENTITY) {
            return limited(raw.getBytes(), end);
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        BodyEnd reached = end;
        try (InputStream in = decoder()) {
            byte[] piece = new byte[1024];
            int n;
            while (decoded.size() <= maxBytes && (n = in.read(piece)) > 0) {
                decoded.write(piece, 0, n);
            }
        } catch (IOException e) {
            reached = end == BodyEnd.COMPLETE ? BodyEnd.BROKEN_OFF : end;
        }
        return limited(decoded.toByteArray(), reached);
    }

    private InputStream decoder() throws IOException {
        InputStream in = new ByteArrayInputStream(raw.getBytes());
        return coding == Coding.GZIP ? new GZIPInputStream(in) : new InflaterInputStream(in);
    }

    private Body limited(byte[] bytes, BodyEnd end) {
        return bytes.length > maxBytes ? new Body(Arrays.copyOf(bytes, maxBytes), BodyEnd.CUT) : new Body(bytes, end);
    }

    private int rawLimit() {
        return coding == Coding.IDENTITY ? maxBytes : maxBytes + CODING_OVERHEAD;
    }
}
