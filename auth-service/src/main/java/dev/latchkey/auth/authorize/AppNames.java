package dev.latchkey.auth.authorize;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.auth.client.ClientApp;
import dev.latchkey.auth.client.ClientDirectory;
import dev.latchkey.auth.client.ClientVerdict.Allowed;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds the name an app gives itself without making people wait for the app. A name that verifying the app brought along, or
 * that is remembered, costs nothing. Otherwise the app is asked, once a minute at most, and the page waits 400 ms for it at
 * most; an answer that comes later is remembered by {@link ClientDirectory} and there for the next page.
 */
@ApplicationScoped
class AppNames {

    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMinutes(1);

    private final ClientDirectory clients;
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private final Cache<String, Boolean> asked = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(BETWEEN_QUESTIONS)
            .build();

    AppNames(ClientDirectory clients) {
        this.clients = clients;
    }

    /** Returns the name of an app that was just verified; nothing when it has none or does not say so in time. */
    Optional<String> of(Allowed verdict, InetAddress asker) {
        if (!verdict.sameOrigin() || verdict.app().name().isPresent()) {
            return verdict.app().name();
        }
        String clientId = verdict.app().clientId();
        if (asked.asMap().putIfAbsent(clientId, true) != null) {
            return Optional.empty();
        }
        try {
            return CompletableFuture.supplyAsync(() -> clients.describe(clientId, asker), asking)
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .flatMap(ClientApp::name);
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @PreDestroy
    void close() {
        asking.shutdown();
    }
}
