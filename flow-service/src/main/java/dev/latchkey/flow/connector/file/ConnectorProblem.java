package dev.latchkey.flow.connector.file;

/**
 * Why a file is not used.
 *
 * @param file its path as configured
 * @param line 1 is the first
 * @param cause for its author
 */
public record ConnectorProblem(String file, int line, String cause) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + cause;
    }
}
