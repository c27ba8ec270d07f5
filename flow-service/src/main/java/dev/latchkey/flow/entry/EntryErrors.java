package dev.latchkey.flow.entry;

import dev.latchkey.platform.http.Message;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers requests about an entry that there is not, or not any more (decision F6). */
class EntryErrors {

    @ServerExceptionMapper
    Response unknown(UnknownEntryException e) {
        return new Message("Invalid entry specified").status(404);
    }
}
