package dev.latchkey.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The shell blocks of a page, pasted one after the other into one shell as a person does. */
final class PastedTour {
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String END_OF_BLOCK = "--- end of block ---";

    private PastedTour() {}

    /**
     * Pastes it in the folder of the checkout.
     *
     * @param page Markdown
     * @param replaced what the page says, and what holds here
     * @param home of the platform; what goes wrong is written there
     * @return what each block printed
     */
    static List<String> paste(String page, Map<String, String> replaced, Path home) throws Exception {
        var script = new StringBuilder();
        for (var block = BLOCK.matcher(page); block.find(); ) {
            script.append(block.group(1))
                    .append("printf '%s' '")
                    .append(END_OF_BLOCK)
                    .append("'\n");
        }
        var here = script.toString();
        for (var replacement : replaced.entrySet()) {
            here = here.replace(replacement.getKey(), replacement.getValue());
        }
        var errors = home.resolve("tour-errors.txt");
        var builder = new ProcessBuilder("sh", "-u", "-c", here)
                .directory(LocalRun.CHECKOUT.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("LATCHKEY_HOME", home.toString());
        var shell = builder.start();
        var printed = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(Files.readString(errors)).isZero();
        assertThat(errors).isEmptyFile();
        var blocks = new ArrayList<>(List.of(printed.split(END_OF_BLOCK, -1)));
        blocks.removeLast();
        return blocks;
    }
}
