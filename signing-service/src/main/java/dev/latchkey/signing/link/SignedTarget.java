package dev.latchkey.signing.link;

import dev.latchkey.platform.request.Parameter;
import dev.latchkey.platform.request.RequestTarget;
import java.util.ArrayList;
import java.util.List;

/**
 * A request target, taken apart into what a signature covers, what it does not, and the signature itself (decision S3).
 *
 * @param path decoded
 * @param params every pair but {@code width}, {@code height} and {@code authSig}, in order
 * @param signature the first {@code authSig}; null when there is none
 * @param exempt whether what is not covered has a value that means nothing to anybody: a few digits, or a signature's characters
 */
record SignedTarget(String path, List<Parameter> params, String signature, boolean exempt) {

    static final String SIGNATURE = "authSig";

    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final int MOST_DIGITS = 5;

    static SignedTarget of(RequestTarget target) {
        List<Parameter> params = new ArrayList<>(target.query().size());
        String signature = null;
        boolean exempt = true;
        for (Parameter parameter : target.query()) {
            switch (parameter.name()) {
                case SIGNATURE -> {
                    signature = signature == null ? parameter.value() : signature;
                    exempt &= isToken(parameter.value());
                }
                case WIDTH, HEIGHT -> exempt &= isSize(parameter.value());
                default -> params.add(parameter);
            }
        }
        return new SignedTarget(target.path(), List.copyOf(params), signature, exempt);
    }

    private static boolean isSize(String value) {
        return !value.isEmpty()
                && value.length() <= MOST_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isToken(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._-".indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
