package dev.latchkey.auth.client;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Finds the redirect URIs a page links to with {@code rel="redirect_uri"} (IndieAuth section 4.2.2, auth.md 2.3). */
final class ClientPage {

    private static final String REL = "redirect_uri";
    private static final int MOST = 100;

    private ClientPage() {}

    /**
     * @param clientId the page's address, against which relative links are resolved, whatever address finally answered
     * @param headers the response headers, for {@code Link}
     * @param beginning the beginning of the page; read as UTF-8, where what is no UTF-8 spoils only itself
     * @return the links in the order found, at most {@value #MOST}; absolute ones exactly as written
     */
    static List<String> redirectUris(ClientId clientId, HttpHeaders headers, byte[] beginning) {
        Document page = Jsoup.parse(new String(beginning, StandardCharsets.UTF_8));
        // Another document, because a base element in the page would move its links.
        Document base = Document.createShell(clientId.value());
        List<String> hrefs = new ArrayList<>(LinkHeader.targets(headers.allValues("link"), REL));
        for (Element link : page.select("link[rel][href]")) {
            if (LinkHeader.hasToken(link.attr("rel"), REL)) {
                hrefs.add(link.attr("href").strip());
            }
        }
        return hrefs.stream()
                .limit(MOST)
                .map(href -> absolute(base, href))
                .flatMap(Optional::stream)
                .filter(uri -> RedirectUris.problem(uri).isEmpty())
                .distinct()
                .toList();
    }

    /** An absolute address stays the very text the app wrote, because redirect URIs are compared as text. */
    private static Optional<String> absolute(Document base, String href) {
        if (href.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            return Optional.of(href);
        }
        String resolved = base.createElement("a").attr("href", href).absUrl("href");
        return resolved.isEmpty() ? Optional.empty() : Optional.of(resolved);
    }
}
