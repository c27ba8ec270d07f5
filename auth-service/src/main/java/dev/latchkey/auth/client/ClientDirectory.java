package dev.latchkey.auth.client;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.latchkey.auth.client.ClientLookup.Found;
import dev.latchkey.auth.client.ClientLookup.Unavailable;
import dev.latchkey.auth.client.ClientVerdict.Allowed;
import dev.latchkey.auth.client.ClientVerdict.InvalidClientId;
import dev.latchkey.auth.client.ClientVerdict.InvalidRedirectUri;
import dev.latchkey.platform.net.ClientNetwork;
import dev.latchkey.platform.outbound.OnBehalfOf;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Knows apps by their web address (decisions A6, A8, A9). Good answers are remembered for a bounded time, failures never, and
 * simultaneous questions about one app are one fetch. The methods block: call them on a virtual or worker thread.
 */
@ApplicationScoped
public class ClientDirectory {

    private static final Logger LOG = Logger.getLogger(ClientDirectory.class);

    /** How long a page that only wants to show a name waits for it. */
    private static final Duration PATIENCE_FOR_A_NAME = Duration.ofSeconds(2);

    private final ClientMetadataFetcher fetcher;
    private final Duration patience;
    private final AsyncCache<String, ClientLookup> answers;

    @Inject
    ClientDirectory(ClientMetadataFetcher fetcher, ClientFetchConfig config) {
        this(fetcher, config, Ticker.systemTicker());
    }

    ClientDirectory(ClientMetadataFetcher fetcher, ClientFetchConfig config, Ticker ticker) {
        this.fetcher = fetcher;
        this.patience = config.timeout().plusSeconds(1);
        this.answers = Caffeine.newBuilder()
                .maximumSize(config.cacheSize())
                .expireAfterWrite(config.cacheTtl())
                .ticker(ticker)
                .buildAsync();
    }

    /**
     * Judges a pair of client id and redirect URI. Asks the app only if the redirect URI is of another origin.
     *
     * @param clientId what the client sent, may be null or anything
     * @param redirectUri what the client sent, may be null or anything
     * @param asker the address of whoever sent it, who has a share of all fetches and no more
     * @return the verdict, within the configured fetch timeout; never throws
     */
    public ClientVerdict verify(String clientId, String redirectUri, InetAddress asker) {
        Optional<ClientId> parsed = ClientId.parse(clientId);
        if (parsed.isEmpty()) {
            return new InvalidClientId();
        }
        Optional<String> problem = RedirectUris.problem(redirectUri);
        if (problem.isPresent()) {
            return new InvalidRedirectUri(problem.get());
        }
        ClientId id = parsed.get();
        if (RedirectUris.sameOrigin(id, redirectUri)) {
            return new Allowed(remembered(id).orElseGet(() -> ClientApp.unknown(id)), true, id.host());
        }
        if (RedirectUris.builtIn(id, redirectUri)) {
            return new Allowed(ClientApp.unknown(id), false, id.host());
        }
        return switch (ask(id, new OnBehalfOf(ClientNetwork.of(asker), true), patience)) {
            case Found(ClientApp app, boolean lasting)
            when RedirectUris.published(app, redirectUri) -> new Allowed(app, false, id.host());
            case Found found -> new InvalidRedirectUri("not_published");
            case Unavailable(String why) -> new InvalidRedirectUri(why);
        };
    }

    /**
     * Looks up what an app says about itself, to show its name. Best effort: waits two seconds at most.
     *
     * @param clientId what the client sent, may be null or anything
     * @param asker the address of whoever sent it
     * @return the app if it publishes anything and could be asked in time; never throws
     */
    public Optional<ClientApp> describe(String clientId, InetAddress asker) {
        return ClientId.parse(clientId)
                .map(id -> ask(id, new OnBehalfOf(ClientNetwork.of(asker), false), PATIENCE_FOR_A_NAME))
                .filter(Found.class::isInstance)
                .map(found -> ((Found) found).app());
    }

    private Optional<ClientApp> remembered(ClientId id) {
        CompletableFuture<ClientLookup> known = answers.getIfPresent(id.value());
        return known != null && known.getNow(null) instanceof Found found ? Optional.of(found.app()) : Optional.empty();
    }

    private ClientLookup ask(ClientId id, OnBehalfOf requester, Duration atMost) {
        ClientLookup answer;
        try {
            answer = lookUp(id, requester).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer = new Unavailable("timeout");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer = new Unavailable("interrupted");
        } catch (ExecutionException e) {
            LOG.error("A client's page could not be read client_id=" + id.value(), e);
            answer = new Unavailable("unreadable");
        }
        if (answer instanceof Unavailable(String why)) {
            LOG.debugf("A client publishes nothing usable client_id=%s why=%s", id.value(), why);
        }
        return answer;
    }

    private CompletableFuture<ClientLookup> lookUp(ClientId id, OnBehalfOf requester) {
        CompletableFuture<ClientLookup> own = new CompletableFuture<>();
        CompletableFuture<ClientLookup> answer = answers.asMap().putIfAbsent(id.value(), own);
        if (answer != null) {
            // That somebody else has used up their share is no answer to this one.
            return answer.thenCompose(lookup -> lookup == Unavailable.BUSY
                    ? fetcher.fetch(id, requester)
                    : CompletableFuture.completedFuture(lookup));
        }
        fetcher.fetch(id, requester).whenComplete((lookup, broken) -> {
            if (!(lookup instanceof Found(ClientApp app, boolean lasting) && lasting)) {
                answers.asMap().remove(id.value(), own);
            }
            if (broken == null) {
                own.complete(lookup);
            } else {
                own.completeExceptionally(broken);
            }
        });
        return own;
    }
}
