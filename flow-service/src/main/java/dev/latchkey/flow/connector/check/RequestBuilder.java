package dev.latchkey.flow.connector.check;

import dev.latchkey.flow.connector.check.CheckResult.Failed;
import dev.latchkey.flow.connector.check.CheckResult.Problem;
import dev.latchkey.flow.connector.definition.CheckDefinition;
import dev.latchkey.flow.connector.definition.CheckDefinition.BasicAuth;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.connector.definition.Template;
import dev.latchkey.platform.net.WebAddress;
import dev.latchkey.platform.outbound.OutboundRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Turns the description of a test and the values of an entry into a request, or says why there is none. Pure. */
final class RequestBuilder {

    /** What a header field may hold (RFC 9110 section 5.5) without the bytes whose meaning nobody agrees on. */
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

    private final int maxBytes;

    RequestBuilder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A request, or why there is none; one of the two is null. */
    record Built(OutboundRequest request, Failed failure) {}

    Built build(Connector connector, Map<String, Object> data) {
        CheckDefinition check = connector.check();
        Map<String, String> texts = FieldTexts.of(data);
        Optional<Failed> noAddress = check.url()
                .wholeAddressField()
                .filter(field -> !isAddress(texts.get(field)))
                .map(field -> new Failed(Problem.INVALID_HOST, field, "The address is not one of the web", null));
        if (noAddress.isPresent()) {
            return new Built(null, noAddress.get());
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "Latchkey");
        for (Map.Entry<String, Template> header : check.headers().entrySet()) {
            Optional<String> value = header.getValue().insert(texts);
            if (value.isPresent() && !HEADER_VALUE.matcher(value.get()).matches()) {
                return new Built(null, unusable(header.getValue(), texts));
            }
            value.ifPresent(text -> headers.put(header.getKey(), text.strip()));
        }
        basic(check.basicAuth(), texts).ifPresent(value -> headers.put("Authorization", value));
        OutboundRequest request = new OutboundRequest(
                check.method(),
                check.url().expand(texts),
                new LinkedHashMap<>(headers),
                check.method().equals("POST") ? "" : null,
                check.timeout(),
                maxBytes,
                true,
                !Boolean.FALSE.equals(data.get(Connector.VERIFY_TLS)));
        return new Built(request, null);
    }

    /** An address that a path can be put behind. */
    private static boolean isAddress(String text) {
        return WebAddress.parse(text)
                .filter(address ->
                        address.query().isEmpty() && address.fragment().isEmpty())
                .isPresent();
    }

    private static Failed unusable(Template template, Map<String, String> texts) {
        String field = template.names().stream()
                .filter(name -> !HEADER_VALUE.matcher(texts.get(name)).matches())
                .findFirst()
                .orElse(null);
        return new Failed(Problem.INVALID_VALUE, field, "A value has a character that cannot be sent", null);
    }

    /** RFC 7617 section 2.1; the user name cannot have a colon, so what is behind one would be taken for the password. */
    private static Optional<String> basic(BasicAuth auth, Map<String, String> texts) {
        if (auth == null) {
            return Optional.empty();
        }
        return auth.username()
                .insert(texts)
                .flatMap(name -> auth.password().insert(texts).map(password -> {
                    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
                    return "Basic " + Base64.getEncoder().encodeToString(pair);
                }));
    }
}
