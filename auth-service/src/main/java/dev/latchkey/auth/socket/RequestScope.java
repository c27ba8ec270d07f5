package dev.latchkey.auth.socket;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import java.util.function.Supplier;

/** A request context for work that no HTTP request asks for, which the database needs. */
final class RequestScope {

    private RequestScope() {}

    /** Does something in the request context of this thread, or in one of its own when there is none. */
    static <T> T call(Supplier<T> task) {
        ManagedContext request = Arc.container().requestContext();
        if (request.isActive()) {
            return task.get();
        }
        request.activate();
        try {
            return task.get();
        } finally {
            request.terminate();
        }
    }
}
