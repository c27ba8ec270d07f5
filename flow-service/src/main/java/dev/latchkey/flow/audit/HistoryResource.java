package dev.latchkey.flow.audit;

import dev.latchkey.flow.entry.EntryListings;
import dev.latchkey.platform.http.MessageException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code GET …/entry/{entry_id}/history}: what was done to an entry, the newest first, also when it is gone. */
@Path("/api/config/config_entries/entry/{entry_id}/history")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("system-admin")
@RunOnVirtualThread
class HistoryResource {

    /**
     * A page.
     *
     * @param next give it as {@code before} for the next page; null when this is the last
     */
    record Page(List<HistoryRecord> history, Long next) {}

    private final History history;
    private final EntryListings entries;

    HistoryResource(History history, EntryListings entries) {
        this.history = history;
        this.entries = entries;
    }

    /**
     * Returns a page.
     *
     * @param before null for the newest
     * @param limit 1 to 100; null for 100
     */
    @GET
    public Page page(
            @PathParam("entry_id") String entryId,
            @QueryParam("before") String before,
            @QueryParam("limit") String limit) {
        int most = (int) number("limit", limit, History.MOST, History.MOST);
        List<HistoryRecord> page = history.of(entryId, number("before", before, Long.MAX_VALUE, Long.MAX_VALUE), most);
        if (page.isEmpty() && before == null && entries.find(entryId).isEmpty()) {
            throw new MessageException(404, "Invalid entry specified");
        }
        return new Page(page, page.size() < most ? null : page.getLast().position());
    }

    private static long number(String name, String text, long otherwise, long most) {
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below.
        }
        throw new MessageException(400, name + " must be a whole number from 1 to " + most);
    }
}
