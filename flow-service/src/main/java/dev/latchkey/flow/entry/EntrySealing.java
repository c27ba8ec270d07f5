package dev.latchkey.flow.entry;

import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.form.DataJson;
import dev.latchkey.platform.secret.KeyRing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Encrypts data and options of an entry, and reads them back (decision F9). The entry's id is encrypted with them: who can write
 * to the database but holds no key cannot give one entry the credentials of another.
 */
@ApplicationScoped
class EntrySealing {

    /** In characters of JSON; what forms accept is far below. */
    static final int MOST = 262_144;

    private static final String ID = "entry_id";
    private static final String DATA = "data";
    private static final String OPTIONS = "options";

    private final KeyRing keys;

    EntrySealing(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * Puts data and options into an entry, encrypted under the current key.
     *
     * @throws IllegalArgumentException when they are too large, or hold what JSON cannot
     */
    void seal(EntryEntity entry, Map<String, Object> data, Map<String, Object> options) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(ID, entry.id);
        content.put(DATA, data);
        content.put(OPTIONS, options);
        String json = DataJson.write(content);
        if (json.length() > MOST) {
            throw new IllegalArgumentException("The data of an entry is too large");
        }
        entry.sealed = keys.encrypt(json);
        entry.keyId = keys.currentId();
    }

    /** Encrypts an entry again under the current key. */
    void reseal(EntryEntity entry) {
        EntryData content = open(entry);
        seal(entry, content.data(), content.options());
    }

    /**
     * Returns an entry with its data.
     *
     * @throws IllegalStateException when the key is missing, or the ciphertext was changed or belongs to another entry
     */
    EntryData open(EntryEntity entry) {
        Map<String, Object> content = DataJson.readMap(keys.decrypt(entry.sealed));
        if (!entry.id.equals(content.get(ID))) {
            throw new IllegalStateException("the stored secrets of entry " + entry.id + " belong to another entry");
        }
        return new EntryData(
                entry.id,
                entry.domain,
                entry.title,
                entry.uniqueId,
                map(content.get(DATA)),
                map(content.get(OPTIONS)),
                entry.version,
                entry.minorVersion);
    }

    /** Returns the id of the key that encrypts now. */
    String currentKey() {
        return keys.currentId();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
