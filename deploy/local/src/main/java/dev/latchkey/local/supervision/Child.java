package dev.latchkey.local.supervision;

/** A process that the launcher keeps running. */
public interface Child {
    /** What it is called in messages, and in the names of its pid and log files. */
    String name();

    /**
     * Starts it and returns as soon as it has a process; called again after each death.
     *
     * @throws StartException when there is no process to speak of
     */
    Running start();

    /** One life of a child. */
    interface Running {
        /** The process id. */
        long pid();

        /** Blocks until the process has ended. */
        void awaitEnd() throws InterruptedException;

        /** Whether the process does its work now. */
        boolean isReady();

        /** Ends the process in good order, or by force after a few seconds; returns when it is gone. */
        void stop();
    }
}
