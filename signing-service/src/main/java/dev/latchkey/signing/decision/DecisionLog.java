package dev.latchkey.signing.decision;

import dev.latchkey.platform.request.RequestTarget;
import dev.latchkey.signing.SigningConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Writes decisions under the category {@code dev.latchkey.signing.decisions}: denials as INFO, the others as DEBUG. Values in
 * queries are masked, signatures among them, and a stranger who asks for much cannot fill the disk.
 */
@ApplicationScoped
class DecisionLog {

    static final String CATEGORY = "dev.latchkey.signing.decisions";

    private static final Logger LOG = Logger.getLogger(CATEGORY);
    private static final int LONGEST_TARGET = 300;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final int perSecond;
    private final AtomicLong second = new AtomicLong(System.nanoTime() / SECOND_NANOS);
    private final AtomicInteger written = new AtomicInteger();

    DecisionLog(SigningConfig config) {
        perSecond = config.loggedDecisionsPerSecond();
    }

    void write(Dialect dialect, Original original, Decision decision) {
        Level level = decision instanceof Decision.Allowed ? Level.DEBUG : Level.INFO;
        if (!LOG.isEnabled(level) || !mayWrite()) {
            return;
        }
        LOG.logf(
                level,
                "%s dialect=%s reason=%s method=%s target=%s user=%s grant=%s",
                decision.reason().outcome().code(),
                dialect.code(),
                decision.reason().code(),
                original instanceof Original.Read read ? read.method() : "-",
                target(original),
                decision instanceof Decision.Allowed allowed ? allowed.caller().userId() : "-",
                decision instanceof Decision.Allowed allowed ? allowed.caller().grantId() : "-");
    }

    private boolean mayWrite() {
        long now = System.nanoTime() / SECOND_NANOS;
        long before = second.get();
        if (before != now && second.compareAndSet(before, now)) {
            int left = written.getAndSet(0) - perSecond;
            if (left > 0) {
                LOG.infof("%d further decisions of one second were not written", left);
            }
        }
        return written.incrementAndGet() <= perSecond;
    }

    static String target(Original original) {
        return switch (original) {
            case Original.Read read -> cut(masked(read.target()));
            case Original.Unreadable unreadable ->
                unreadable.target() == null ? "-" : withoutQuery(unreadable.target());
        };
    }

    private static String masked(RequestTarget target) {
        if (target.rawPairs().isEmpty()) {
            return target.rawPath();
        }
        StringJoiner query = new StringJoiner("&", target.rawPath() + "?", "");
        for (String pair : target.rawPairs()) {
            int equals = pair.indexOf('=');
            // Without an equals sign, all of it may be the secret.
            query.add(equals < 0 ? "***" : pair.substring(0, equals) + "=***");
        }
        return query.toString();
    }

    /** What could not be read may hold anything, so its end is cut off and what is no plain character replaced. */
    private static String withoutQuery(String target) {
        String path = target.split("[?#&]", 2)[0];
        return cut(path).replaceAll("[^\\x21-\\x7e]", "\ufffd");
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TARGET ? text.substring(0, LONGEST_TARGET) + "…" : text;
    }
}
