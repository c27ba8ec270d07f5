package dev.latchkey.flow.connector.file;

import dev.latchkey.flow.connector.definition.Connector;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The connectors of some folders, as of the last {@link #refresh}. Of two files for one domain, that in the earlier folder
 * counts. Not thread-safe.
 */
final class ConnectorFolders {

    private static final int MOST_FILES = 1000;

    private final List<Path> folders;
    private Map<Path, ConnectorFile> files = new LinkedHashMap<>();
    private List<ConnectorProblem> folderProblems = List.of();

    ConnectorFolders(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** @return whether anything changed since the last time */
    boolean refresh() {
        List<ConnectorProblem> problems = new ArrayList<>();
        Map<Path, ConnectorFile> found = new LinkedHashMap<>();
        for (Path folder : folders) {
            for (Path path : list(folder, problems)) {
                found.put(path, files.getOrDefault(path, new ConnectorFile(path)));
            }
        }
        boolean changed = !found.keySet().equals(files.keySet()) || !problems.equals(folderProblems);
        files = found;
        folderProblems = List.copyOf(problems);
        for (ConnectorFile file : found.values()) {
            changed |= file.refresh();
        }
        return changed;
    }

    /** @return what is in force, by domain */
    Map<String, Connector> connectors() {
        Map<String, Connector> connectors = new TreeMap<>();
        files.values().stream()
                .map(ConnectorFile::connector)
                .filter(Objects::nonNull)
                .forEach(connector -> connectors.putIfAbsent(connector.domain(), connector));
        return connectors;
    }

    /** @return what is wrong, in the order of the folders */
    List<ConnectorProblem> problems() {
        List<ConnectorProblem> problems = new ArrayList<>(folderProblems);
        Map<String, Path> owners = new LinkedHashMap<>();
        files.forEach((path, file) -> {
            if (file.problem() != null) {
                problems.add(file.problem());
            }
            if (file.connector() != null) {
                Path owner = owners.putIfAbsent(file.connector().domain(), path);
                if (owner != null) {
                    problems.add(new ConnectorProblem(
                            path.toString(), 1, "the domain is already described by " + owner + ", which counts"));
                }
            }
        });
        return problems;
    }

    private static List<Path> list(Path folder, List<ConnectorProblem> problems) {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, ConnectorFolders::isConnector)) {
            for (Path path : all) {
                paths.add(path);
                if (paths.size() > MOST_FILES) {
                    problems.add(new ConnectorProblem(
                            folder.toString(), 1, "the folder has more than " + MOST_FILES + " files"));
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            problems.add(new ConnectorProblem(folder.toString(), 1, "the folder is not there or cannot be read"));
        }
        paths.sort(null);
        return paths.size() > MOST_FILES ? paths.subList(0, MOST_FILES) : paths;
    }

    /** Hidden files are those of editors and of mounted Kubernetes volumes. */
    private static boolean isConnector(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }
}
