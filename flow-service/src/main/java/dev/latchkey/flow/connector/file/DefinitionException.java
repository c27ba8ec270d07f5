package dev.latchkey.flow.connector.file;

/** Says what is wrong in a connector's file, and where. The message is meant for the file's author. */
final class DefinitionException extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;

    /** @param line 1 is the first */
    DefinitionException(int line, String cause) {
        super(cause, null, false, false);
        this.line = line;
    }

    int line() {
        return line;
    }
}
