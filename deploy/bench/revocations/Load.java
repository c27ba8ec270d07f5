import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Decisions about one good token at a steady pace, spread over all verifiers. */
final class Load implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final long began = System.nanoTime();
    private volatile boolean ended;

    Load(List<Replica> verifiers, String token, int perSecond) {
        long interval = 1_000_000_000L * verifiers.size() / perSecond;
        for (Replica verifier : verifiers) {
            threads.add(Thread.ofPlatform().daemon().start(() -> run(verifier, verifier.aboutToken(token), interval)));
        }
    }

    private void run(Replica verifier, byte[] question, long interval) {
        long next = System.nanoTime();
        while (!ended) {
            try {
                asked.incrementAndGet();
                if (verifier.ask(question) != 200) {
                    failed.incrementAndGet();
                }
            } catch (IOException e) {
                failed.incrementAndGet();
            }
            next += interval;
            for (long left = next - System.nanoTime(); left > 0 && !ended; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    /** Ends it, and returns what it came to. */
    String end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            thread.join();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return "%.0f other decisions a second, %d of %d not answered with yes"
                .formatted(asked.get() / seconds, failed.get(), asked.get());
    }

    @Override
    public void close() {
        ended = true;
    }
}
