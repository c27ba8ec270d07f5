package dev.latchkey.flow.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorFoldersTest {

    private static final AtomicLong TIME = new AtomicLong(1_700_000_000);

    @TempDir
    Path first;

    @TempDir
    Path second;

    private ConnectorFolders folders;

    @BeforeEach
    void open() {
        folders = new ConnectorFolders(List.of(first, second));
    }

    @Test
    void aNewAChangedAndARemovedFileAreNoticed() throws IOException {
        assertThat(folders.refresh()).isFalse();
        write(first, "alpha", "Alpha");
        assertThat(folders.refresh()).isTrue();
        assertThat(name("alpha")).isEqualTo("Alpha");
        assertThat(folders.refresh()).isFalse();
        write(first, "alpha", "Alphb");
        write(second, "beta", "Beta");
        assertThat(folders.refresh()).isTrue();
        assertThat(name("alpha")).isEqualTo("Alphb");
        assertThat(folders.connectors()).containsOnlyKeys("alpha", "beta");
        Files.delete(first.resolve("alpha.yaml"));
        assertThat(folders.refresh()).isTrue();
        assertThat(folders.connectors()).containsOnlyKeys("beta");
        assertThat(folders.problems()).isEmpty();
    }

    @Test
    void aChangeThatCannotBeReadLeavesTheLastGoodContentInForce() throws IOException {
        write(first, "alpha", "Alpha");
        write(first, "beta", "Beta");
        folders.refresh();
        Path broken = first.resolve("alpha.yaml");
        text(broken, Files.readString(broken).replace("name: Alpha", "name: Alpha\ncolour: red"));

        assertThat(folders.refresh()).isTrue();
        assertThat(folders.connectors()).containsOnlyKeys("alpha", "beta");
        assertThat(folders.problems())
                .singleElement()
                .hasToString(broken
                        + ":3: unknown key \"colour\" in the file; it may have: domain, name, version, documentation,"
                        + " integration_type, single_instance, fields, steps, check, probe, options");
        assertThat(folders.refresh()).isFalse();
        write(first, "alpha", "Better");
        folders.refresh();
        assertThat(name("alpha")).isEqualTo("Better");
        assertThat(folders.problems()).isEmpty();
    }

    @Test
    void aFileThatWasNeverGoodIsNotInForceAndTheOthersGoOn() throws IOException {
        text(first.resolve("alpha.yaml"), "domain: alpha\n");
        write(first, "beta", "Beta");
        folders.refresh();

        assertThat(folders.connectors()).containsOnlyKeys("beta");
        assertThat(folders.problems()).extracting(ConnectorProblem::cause).containsExactly("the file needs \"name\"");
    }

    @Test
    void ofTwoFilesForOneDomainTheEarlierFolderCountsAndTheOtherIsSaid() throws IOException {
        write(first, "alpha", "First");
        write(second, "alpha", "Second");
        folders.refresh();

        assertThat(name("alpha")).isEqualTo("First");
        assertThat(folders.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.file())
                        .isEqualTo(second.resolve("alpha.yaml").toString()));
        Files.delete(first.resolve("alpha.yaml"));
        folders.refresh();
        assertThat(name("alpha")).isEqualTo("Second");
    }

    @Test
    void aFolderThatIsNotThereIsSaidAndCountsWhenItComes() throws IOException {
        Path later = first.resolve("later");
        ConnectorFolders awaited = new ConnectorFolders(List.of(later));
        awaited.refresh();
        assertThat(awaited.problems()).extracting(ConnectorProblem::file).containsExactly(later.toString());
        assertThat(awaited.refresh()).isFalse();
        Files.createDirectory(later);
        write(later, "alpha", "Alpha");

        assertThat(awaited.refresh()).isTrue();
        assertThat(awaited.connectors()).containsOnlyKeys("alpha");
        assertThat(awaited.problems()).isEmpty();
    }

    @Test
    void hiddenFilesAndOtherFilesAreNoConnectorsAndVolumesOfKubernetesAreFollowed() throws IOException {
        Path data = Files.createDirectory(first.resolve("..2026_11_20"));
        write(data, "alpha", "Alpha");
        Files.createSymbolicLink(first.resolve("..data"), data.getFileName());
        Files.createSymbolicLink(first.resolve("alpha.yaml"), Path.of("..data", "alpha.yaml"));
        text(first.resolve(".alpha.yaml.swp"), "x");
        text(first.resolve(".beta.yaml"), "x");
        text(first.resolve("README.md"), "x");
        folders.refresh();
        assertThat(folders.connectors()).containsOnlyKeys("alpha");
        assertThat(folders.problems()).isEmpty();

        Path next = Files.createDirectory(first.resolve("..2026_11_21"));
        write(next, "alpha", "Newer");
        Files.delete(first.resolve("..data"));
        Files.createSymbolicLink(first.resolve("..data"), next.getFileName());
        assertThat(folders.refresh()).isTrue();
        assertThat(name("alpha")).isEqualTo("Newer");
    }

    @Test
    void whatIsNoReadableTextIsAProblemAndNothingWorse() throws IOException {
        Files.createDirectory(first.resolve("alpha.yaml"));
        Files.write(first.resolve("beta.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.write(first.resolve("gamma.yaml"), new byte[YamlReader.LONGEST * 4 + 1]);
        Files.createSymbolicLink(first.resolve("delta.yaml"), Path.of("nowhere"));
        folders.refresh();

        assertThat(folders.connectors()).isEmpty();
        assertThat(folders.problems())
                .extracting(ConnectorProblem::cause)
                .containsExactly(
                        "this is no file",
                        "the file is not written in UTF-8",
                        "this is no file",
                        "the file is longer than 65536 characters");
    }

    private String name(String domain) {
        return folders.connectors().get(domain).name();
    }

    private static void write(Path folder, String domain, String name) throws IOException {
        text(folder.resolve(domain + ".yaml"), """
                domain: %s
                name: %s
                fields: [{ name: host, selector: { text: { type: url } }, required: true }]
                check:
                  request: { url: "{+host}/me" }
                  account: { unique_id: /id }
                """.formatted(domain, name));
    }

    /** Writes a file with a time of its own: two changes within one tick of the file system's clock would be one. */
    private static void text(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(TIME.incrementAndGet())));
    }
}
