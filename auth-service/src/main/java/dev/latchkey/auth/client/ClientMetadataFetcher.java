package dev.latchkey.auth.client;

import dev.latchkey.auth.client.ClientLookup.Found;
import dev.latchkey.auth.client.ClientLookup.Unavailable;
import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.net.WebAddress;
import dev.latchkey.platform.outbound.HostResolver;
import dev.latchkey.platform.outbound.OnBehalfOf;
import dev.latchkey.platform.outbound.OutboundHttp;
import dev.latchkey.platform.outbound.OutboundPolicy;
import dev.latchkey.platform.outbound.OutboundRequest;
import dev.latchkey.platform.outbound.OutboundResult;
import dev.latchkey.platform.outbound.OutboundResult.BodyEnd;
import dev.latchkey.platform.outbound.OutboundResult.Failed;
import dev.latchkey.platform.outbound.OutboundResult.Refusal;
import dev.latchkey.platform.outbound.OutboundResult.Refused;
import dev.latchkey.platform.outbound.OutboundResult.Response;
import dev.latchkey.platform.outbound.Ports;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Fetches what an app publishes at its client id: a client ID metadata document, or a page with links. Remembers nothing. */
@Singleton
class ClientMetadataFetcher {

    private static final Map<String, String> HEADERS = Map.of(
            "Accept", "application/json, text/html;q=0.9, */*;q=0.1",
            "User-Agent", "Latchkey");

    private final OutboundHttp http;
    private final ClientFetchConfig config;
    private final ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor();

    @Inject
    ClientMetadataFetcher(
            Vertx vertx, ClientFetchConfig config, @ConfigProperty(name = "latchkey.auth.issuer") String issuer) {
        this(new OutboundHttp(vertx, policy(config, issuer), HostResolver.SYSTEM), config);
    }

    ClientMetadataFetcher(OutboundHttp http, ClientFetchConfig config) {
        this.http = http;
        this.config = config;
    }

    /**
     * Fetches once.
     *
     * @param id whom to ask
     * @param requester who wants to know
     * @return the outcome within the configured timeout; never completes exceptionally for anything the app does
     */
    CompletableFuture<ClientLookup> fetch(ClientId id, OnBehalfOf requester) {
        OutboundRequest request = OutboundRequest.get(id.value(), HEADERS, config.timeout(), config.maxBytes())
                .followingSameOrigin();
        return http.send(request, requester).thenApplyAsync(result -> read(id, result), reading);
    }

    @PreDestroy
    void close() {
        http.close();
        reading.shutdown();
    }

    static OutboundPolicy policy(ClientFetchConfig config, String issuer) {
        WebAddress own = WebAddress.parse(issuer)
                .orElseThrow(() -> new IllegalArgumentException("latchkey.auth.issuer is no web address: " + issuer));
        return new OutboundPolicy(
                Networks.parse(config.allowedNetworks().orElse(List.of())),
                Ports.parse(config.allowedPorts()),
                List.of(own),
                new OutboundPolicy.Limits(
                        config.maxConcurrent(), config.maxConcurrentPerAddress(), config.maxConcurrentPerHost()));
    }

    private static ClientLookup read(ClientId id, OutboundResult result) {
        return switch (result) {
            case Refused(Refusal reason) when reason == Refusal.BUSY -> Unavailable.BUSY;
            case Refused refused -> new Unavailable(refused.reason().code());
            case Failed failed -> new Unavailable(failed.reason().code());
            case Response response when response.status() / 100 == 3 -> new Unavailable("redirects_elsewhere");
            case Response response when isJson(response) -> document(id, response);
            case Response response -> page(id, response);
        };
    }

    /** Only a 200 at the very address counts, and only all of it (CIMD draft section 4). */
    private static ClientLookup document(ClientId id, Response response) {
        if (response.status() != 200 || response.redirected() || !response.complete()) {
            return new Unavailable("document_not_served");
        }
        return switch (MetadataDocument.read(id, response.body())) {
            case MetadataDocument.Reading.Accepted accepted -> new Found(accepted.app(), true);
            case MetadataDocument.Reading.Refused refused -> new Unavailable(refused.code());
        };
    }

    /** Any status and type count, and so do links that came before the page stalled or broke off (auth.md 2.3). */
    private static ClientLookup page(ClientId id, Response response) {
        List<String> uris = ClientPage.redirectUris(id, response.headers(), response.body());
        if (uris.isEmpty()) {
            return new Unavailable("nothing_published");
        }
        boolean healthy = response.status() == 200 && (response.complete() || response.end() == BodyEnd.CUT);
        return new Found(new ClientApp(id.value(), Optional.empty(), uris, false, Optional.empty()), healthy);
    }

    private static boolean isJson(Response response) {
        String type = response.headers().firstValue("content-type").orElse("").split(";", 2)[0];
        return type.strip().toLowerCase(Locale.ROOT).matches("application/(json|[^/\\s]+\\+json)");
    }
}
