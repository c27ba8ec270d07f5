package dev.latchkey.auth.entry;

import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import java.util.Optional;

/** The open flows that nobody started by hand. */
record FlowListing(FlowServiceCalls flowService, ListJson lists) implements Listing {

    @Override
    public HeldSnapshot read(Caller caller) throws CommandException {
        return Listing.held(flowService.list(caller, ForwardedCommand.FLOWS), lists::flows);
    }

    @Override
    public boolean concerns(Change change) {
        return change.of() == Change.Of.FLOWS;
    }

    /** Flows do not change in what lists show of them. */
    @Override
    public Optional<Change> again(Change addition) {
        return Optional.empty();
    }
}
