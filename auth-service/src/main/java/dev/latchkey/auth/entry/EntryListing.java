package dev.latchkey.auth.entry;

import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The entries that a client wants. */
record EntryListing(EntryQuery query, FlowServiceCalls flowService, ListJson lists, Clock clock) implements Listing {

    /** Longer than a change may be under way before the list is read again instead. */
    private static final Duration RECENT = LiveList.LATE.multipliedBy(2);

    @Override
    public HeldSnapshot read(Caller caller) throws CommandException {
        Instant since = clock.instant().minus(RECENT);
        return Listing.held(flowService.list(caller, query.target()), list -> lists.entries(list, since));
    }

    @Override
    public boolean concerns(Change change) {
        return change.of() == Change.Of.ENTRIES && query.wantsType(change.integrationType());
    }

    @Override
    public Optional<Change> again(Change addition) {
        return Optional.of(addition.as(Change.Kind.UPDATED));
    }
}
