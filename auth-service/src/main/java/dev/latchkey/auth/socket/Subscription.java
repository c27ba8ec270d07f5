package dev.latchkey.auth.socket;

import dev.latchkey.auth.user.Account;
import java.util.Optional;

/** One subscription of one connection. */
final class Subscription implements EventStream {

    private final SocketConnection connection;
    private final long id;
    private final boolean adminOnly;
    private final SocketAdmission admission;

    /** Guarded by this. */
    private boolean over;

    /** Guarded by this; null when there is nothing to do. */
    private Runnable whenOver;

    /** @param adminOnly whether it ends when its user is no administrator any more */
    Subscription(SocketConnection connection, long id, boolean adminOnly, SocketAdmission admission) {
        this.connection = connection;
        this.id = id;
        this.adminOnly = adminOnly;
        this.admission = admission;
    }

    long id() {
        return id;
    }

    /** Ends it here and in its connection. */
    void end() {
        connection.subscriptions().end(id);
        over();
    }

    /** Notes that nobody listens any more. */
    void over() {
        Runnable task;
        synchronized (this) {
            over = true;
            task = whenOver;
            whenOver = null;
        }
        if (task != null) {
            task.run();
        }
    }

    @Override
    public void send(String event) {
        if (!isOver()) {
            connection.send(SocketAnswers.event(id, event));
        }
    }

    @Override
    public synchronized boolean isOver() {
        return over;
    }

    @Override
    public void whenOver(Runnable task) {
        synchronized (this) {
            if (!over) {
                whenOver = task;
                return;
            }
        }
        task.run();
    }

    @Override
    public Optional<Caller> caller() {
        if (isOver()) {
            return Optional.empty();
        }
        Account account = RequestScope.call(() -> admission.accountOf(connection));
        if (account == null) {
            connection.close();
            return Optional.empty();
        }
        if (adminOnly && !account.admin()) {
            end();
            return Optional.empty();
        }
        return Optional.of(new Caller(account, connection.token(), connection.client(), this));
    }
}
