package dev.latchkey.flow.progress;

import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.EntrySetUp;
import dev.latchkey.flow.entry.EntryViews;
import dev.latchkey.flow.entry.UnknownEntryException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows, with a flow's last result, the entry that it added. */
@ApplicationScoped
class CreatedEntries {

    private final Entries entries;
    private final EntrySetUp setUp;
    private final EntryViews views;

    CreatedEntries(Entries entries, EntrySetUp setUp, EntryViews views) {
        this.entries = entries;
        this.setUp = setUp;
        this.views = views;
    }

    /** Returns a result as clients see it; the entry in whatever state its first set-up ended, for which this waits. */
    Map<String, Object> setUp(Shown shown) {
        if (shown.entryId() == null) {
            return shown.view();
        }
        try {
            return with(shown, views.of(setUp.setUp(shown.entryId())));
        } catch (UnknownEntryException e) {
            // Removed before anybody saw it.
            return shown.view();
        }
    }

    /** Returns a result as clients see it; the entry as it is now. */
    Map<String, Object> asNow(Shown shown) {
        return shown.entryId() == null
                ? shown.view()
                : entries.find(shown.entryId())
                        .map(entry -> with(shown, views.of(entry)))
                        .orElse(shown.view());
    }

    private static Map<String, Object> with(Shown shown, Object entry) {
        Map<String, Object> view = new LinkedHashMap<>(shown.view());
        view.put(FlowViews.RESULT, entry);
        return view;
    }
}
