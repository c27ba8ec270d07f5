package dev.latchkey.platform.outbound;

import dev.latchkey.platform.net.WebAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says where a redirect leads, if it may be followed: a GET or HEAD, one {@code Location}, the same origin. */
final class SameOriginRedirects {

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

    private final AddressGuard guard;

    SameOriginRedirects(AddressGuard guard) {
        this.guard = guard;
    }

    /** @return the next address, or empty when the answer at hand is the final one */
    Optional<WebAddress> next(String method, WebAddress current, int status, List<String> locations) {
        if (!STATUSES.contains(status)
                || !SAFE_METHODS.contains(method)
                || locations.size() != 1
                || locations.getFirst().isBlank()) {
            return Optional.empty();
        }
        return resolve(current, locations.getFirst())
                .flatMap(WebAddress::parse)
                .filter(current::sameOrigin)
                .filter(next -> guard.beforeResolving(next).isEmpty());
    }

    private static Optional<String> resolve(WebAddress base, String location) {
        try {
            String path = base.path().isEmpty() ? "/" : base.path();
            URI from = URI.create(base.scheme() + "://" + base.authority() + path + base.query());
            return Optional.of(from.resolve(location).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
