package dev.latchkey.flow.connector.file;

import dev.latchkey.flow.connector.definition.Connector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * One file and what was last read of it. A change that cannot be read leaves the last good content in force. Not thread-safe.
 */
final class ConnectorFile {

    private static final int MOST_BYTES = YamlReader.LONGEST * 4;

    /** What tells one content from the next without reading it; a file that is replaced is another one. */
    private record Fingerprint(FileTime modified, long size, Object key) {}

    private final Path path;
    private Fingerprint fingerprint;
    private Connector lastGood;
    private ConnectorProblem problem;

    ConnectorFile(Path path) {
        this.path = path;
    }

    /** @return what is in force; null when the file was never good */
    Connector connector() {
        return lastGood;
    }

    /** @return what is wrong with the file as it is now; null when nothing is */
    ConnectorProblem problem() {
        return problem;
    }

    /** @return whether the file was read again */
    boolean refresh() {
        Fingerprint now = fingerprint();
        if (now != null && now.equals(fingerprint)) {
            return false;
        }
        fingerprint = now;
        try {
            lastGood = ConnectorReader.read(domain(), text());
            problem = null;
        } catch (DefinitionException e) {
            problem = new ConnectorProblem(path.toString(), e.line(), e.getMessage());
        } catch (IOException e) {
            problem = new ConnectorProblem(path.toString(), 1, "the file cannot be read");
        }
        return true;
    }

    private String domain() {
        return path.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    }

    private String text() throws IOException, DefinitionException {
        if (!Files.isRegularFile(path)) {
            throw new DefinitionException(1, "this is no file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new DefinitionException(1, "the file is longer than " + YamlReader.LONGEST + " characters");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DefinitionException(1, "the file is not written in UTF-8");
        }
    }

    private Fingerprint fingerprint() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Fingerprint(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return null;
        }
    }
}
