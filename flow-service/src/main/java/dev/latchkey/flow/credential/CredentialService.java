package dev.latchkey.flow.credential;

import dev.latchkey.flow.audit.History;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.flow.entry.UnknownEntryException;
import dev.latchkey.flow.form.Secret;
import dev.latchkey.platform.http.MessageException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives out credentials, and writes down to whom: without the one there is not the other (decision F10). */
@ApplicationScoped
class CredentialService {

    private final Entries entries;
    private final History history;

    CredentialService(Entries entries, History history) {
        this.entries = entries;
        this.history = history;
    }

    /**
     * Returns the credentials of an entry to the caller of the current request.
     *
     * @throws UnknownEntryException when there is no such entry
     * @throws MessageException 403 when it is disabled or ignored: nothing should use it
     */
    @Transactional
    Credentials read(String entryId) {
        Entry entry = entries.find(entryId).orElseThrow(() -> new UnknownEntryException(entryId));
        if (entry.disabledBy() != null || entry.ignored()) {
            throw new MessageException(403, "Entry is disabled");
        }
        history.credentialsRead(entryId);
        EntryData data = entry.data();
        return new Credentials(
                entryId,
                data.domain(),
                data.uniqueId(),
                data.version(),
                data.minorVersion(),
                revealed(data.data()),
                revealed(data.options()));
    }

    private static Map<String, Object> revealed(Map<?, ?> values) {
        Map<String, Object> revealed = new LinkedHashMap<>();
        values.forEach((name, value) -> revealed.put((String) name, revealed(value)));
        return revealed;
    }

    private static Object revealed(Object value) {
        return switch (value) {
            case Secret secret -> secret.reveal();
            case Map<?, ?> map -> revealed(map);
            case List<?> list -> list.stream().map(CredentialService::revealed).toList();
            case null, default -> value;
        };
    }
}
