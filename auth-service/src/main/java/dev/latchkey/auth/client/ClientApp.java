package dev.latchkey.auth.client;

import java.util.List;
import java.util.Optional;

/**
 * What an app says about itself. All of it is the app's own claim; only the host of {@code clientId} is a fact.
 *
 * @param clientId the client id as the client sent it
 * @param name the published name, cleaned for display, at most {@value DisplayText#LONGEST} characters
 * @param redirectUris the published redirect URIs, as published
 * @param fromMetadataDocument whether this comes from a client ID metadata document (else from links of a page, or nowhere)
 * @param clientUri the published home page, kept only when it is a prefix of the client id (IndieAuth section 4.2.1)
 */
public record ClientApp(
        String clientId,
        Optional<String> name,
        List<String> redirectUris,
        boolean fromMetadataDocument,
        Optional<String> clientUri) {

    public ClientApp {
        redirectUris = List.copyOf(redirectUris);
    }

    /** An app of which nothing but its id is known. */
    static ClientApp unknown(ClientId id) {
        return new ClientApp(id.value(), Optional.empty(), List.of(), false, Optional.empty());
    }
}
