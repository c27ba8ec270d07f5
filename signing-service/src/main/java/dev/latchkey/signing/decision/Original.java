package dev.latchkey.signing.decision;

import dev.latchkey.platform.request.RequestTarget;
import dev.latchkey.platform.request.TargetResult;

/** The request that a gateway asks about, as its dialect says it. */
sealed interface Original {

    /** The longest method there is in the registry of methods, and some. */
    int LONGEST_METHOD = 32;

    /** It could be read, in one way. */
    record Read(String method, RequestTarget target) implements Original {}

    /**
     * It could not, so it is refused.
     *
     * @param target as it came; null when it did not
     */
    record Unreadable(Reason reason, String target) implements Original {}

    /**
     * Reads a request.
     *
     * @param method null when the gateway did not say exactly one
     * @param target null when the gateway did not say exactly one
     */
    static Original of(String method, String target) {
        if (method == null || target == null) {
            return new Unreadable(Reason.ORIGINAL_MISSING, target);
        }
        if (!isMethod(method)) {
            return new Unreadable(Reason.METHOD_REFUSED, target);
        }
        return RequestTarget.parse(target) instanceof TargetResult.Parsed parsed
                ? new Read(method, parsed.value())
                : new Unreadable(Reason.TARGET_REFUSED, target);
    }

    /** Methods are case-sensitive, and all there are have capital letters (RFC 9110 section 9.1). */
    private static boolean isMethod(String method) {
        return !method.isEmpty()
                && method.length() <= LONGEST_METHOD
                && method.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c == '-');
    }
}
