package dev.latchkey.platform.outbound;

import dev.latchkey.platform.net.WebAddress;
import dev.latchkey.platform.outbound.OutboundResult.Refusal;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges where a request may go. Pure: it neither resolves nor connects. */
final class AddressGuard {

    /** What a request target may not have, RFC 3986 sections 3.3 and 3.4. */
    private static final Pattern NOT_IN_A_TARGET =
            Pattern.compile("[^A-Za-z0-9\\-._~!$&'()*+,;=:@/?%]|%(?![0-9A-Fa-f]{2})");

    /** Names that mean "here" or "inside": RFC 6761, RFC 6762, RFC 8375, .internal, Kubernetes, and names without a dot. */
    private static final Pattern SPECIAL_NAME =
            Pattern.compile("(?:[^.]+|(?:.+\\.)?(?:localhost|local|internal|svc|home\\.arpa|onion|test|invalid))");

    private final OutboundPolicy policy;

    AddressGuard(OutboundPolicy policy) {
        this.policy = policy;
    }

    /** What can be said before the name is resolved. */
    Optional<Refusal> beforeResolving(WebAddress target) {
        if (target.hasDotSegments()
                || target.hasEncodedDotSegments()
                || NOT_IN_A_TARGET.matcher(target.path() + target.query()).find()) {
            return Optional.of(Refusal.INVALID_URL);
        }
        if (!policy.allowedPorts().contains(target.port())) {
            return Optional.of(Refusal.PORT_NOT_ALLOWED);
        }
        boolean ownName = policy.ownOrigins().stream()
                .anyMatch(own -> own.connectHost().equals(target.connectHost())
                        && (own.port() == target.port() || !standsForMany(own)));
        return ownName ? Optional.of(Refusal.OWN_ADDRESS) : Optional.empty();
    }

    /**
     * @param target the address, after {@link #beforeResolving}
     * @param answers every address its name has
     */
    Optional<Refusal> afterResolving(WebAddress target, List<InetAddress> answers) {
        List<AddressKind> kinds = answers.stream().map(AddressKind::of).toList();
        if (kinds.contains(AddressKind.FORBIDDEN)) {
            return Optional.of(Refusal.ADDRESS_NOT_ALLOWED);
        }
        if (answers.stream().anyMatch(answer -> isOwn(target, answer))) {
            return Optional.of(Refusal.OWN_ADDRESS);
        }
        boolean plainlyPublic = !isSpecialName(target) && kinds.stream().allMatch(kind -> kind == AddressKind.PUBLIC);
        boolean listed = answers.stream().allMatch(policy.allowedNetworks()::contains);
        return plainlyPublic || listed ? Optional.empty() : Optional.of(Refusal.ADDRESS_NOT_ALLOWED);
    }

    private static boolean isSpecialName(WebAddress target) {
        return target.literal().isEmpty()
                && SPECIAL_NAME.matcher(target.connectHost()).matches();
    }

    /** On one machine many things share localhost and a literal address; there, only our own port is ours. */
    private static boolean standsForMany(WebAddress own) {
        return own.literal().isPresent() || isSpecialName(own);
    }

    /** Our own address in another spelling: another name for it, another loopback address. */
    private boolean isOwn(WebAddress target, InetAddress answer) {
        return policy.ownOrigins().stream()
                .filter(own -> own.port() == target.port())
                .anyMatch(own -> own.literal().filter(answer::equals).isPresent()
                        || answer.isLoopbackAddress() && meansLoopback(own));
    }

    private static boolean meansLoopback(WebAddress own) {
        return own.literal()
                .map(InetAddress::isLoopbackAddress)
                .orElseGet(() -> own.connectHost().equals("localhost")
                        || own.connectHost().endsWith(".localhost"));
    }
}
