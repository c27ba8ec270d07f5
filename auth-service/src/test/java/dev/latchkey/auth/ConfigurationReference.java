package dev.latchkey.auth;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads the {@code @ConfigMapping} interfaces of source trees, and writes the reference of all settings as Markdown. */
final class ConfigurationReference {

    /** One setting; the default is null when there is none. */
    record Setting(String property, String type, String defaultValue, String meaning) {

        String environmentVariable() {
            return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        }
    }

    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final List<Setting> settings = new ArrayList<>();

    private ConfigurationReference(DocTrees docs, CompilationUnitTree unit) {
        this.docs = docs;
        this.unit = unit;
    }

    static List<Setting> read(List<Path> sourceTrees) throws IOException {
        List<Path> mappings = new ArrayList<>();
        for (Path sources : sourceTrees) {
            try (Stream<Path> tree = Files.walk(sources)) {
                tree.filter(ConfigurationReference::holdsMapping).forEach(mappings::add);
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(mappings));
            DocTrees docs = DocTrees.instance(task);
            List<Setting> all = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                ConfigurationReference reference = new ConfigurationReference(docs, unit);
                for (Tree type : unit.getTypeDecls()) {
                    if (type instanceof ClassTree mapping) {
                        annotation(mapping.getModifiers(), "ConfigMapping")
                                .ifPresent(prefix -> reference.collect(mapping, prefix, new TreePath(unit)));
                    }
                }
                all.addAll(reference.settings);
            }
            all.sort(Comparator.comparing(Setting::property));
            return all;
        }
    }

    static String write(List<Setting> settings) {
        String rows = settings.stream()
                .map(setting -> "| `%s`<br>`%s` | %s | %s | %s |\n"
                        .formatted(
                                setting.property(),
                                setting.environmentVariable(),
                                setting.type(),
                                setting.defaultValue() == null ? "" : "`" + setting.defaultValue() + "`",
                                setting.meaning()))
                .collect(Collectors.joining());
        return """
                # Configuration

                Every setting that is Latchkey's own, made from the interfaces that read them. Set a property \
                in `application.properties` beside a service, or the variable in the environment. Durations are written as \
                in ISO 8601 (`PT30M`, `P90D`). Everything else that [Quarkus](https://quarkus.io/guides/all-config) can be \
                told works too, such as `QUARKUS_DATASOURCE_JDBC_URL`.

                | setting | type | default | meaning |
                |---|---|---|---|
                """ + rows;
    }

    private void collect(ClassTree mapping, String prefix, TreePath parent) {
        TreePath path = new TreePath(parent, mapping);
        for (Tree member : mapping.getMembers()) {
            if (!(member instanceof MethodTree method)) {
                continue;
            }
            String property = prefix + "." + kebab(method.getName().toString());
            String type = method.getReturnType().toString();
            Optional<ClassTree> group = mapping.getMembers().stream()
                    .filter(ClassTree.class::isInstance)
                    .map(ClassTree.class::cast)
                    .filter(nested -> nested.getKind() == Tree.Kind.INTERFACE
                            && nested.getSimpleName().contentEquals(type))
                    .findFirst();
            if (group.isPresent()) {
                collect(group.get(), property, path);
            } else {
                settings.add(new Setting(
                        property,
                        readable(type),
                        annotation(method.getModifiers(), "WithDefault").orElse(null),
                        meaning(new TreePath(path, method))));
            }
        }
    }

    private String meaning(TreePath method) {
        DocCommentTree comment = docs.getDocCommentTree(method);
        return comment == null
                ? ""
                : comment.getFullBody().stream()
                        .map(DocTree::toString)
                        .collect(Collectors.joining())
                        .replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
                        .replaceAll("\\s+", " ");
    }

    private static String readable(String type) {
        return type.replaceAll("Optional<(.*)>", "$1").replaceAll("List<(.*)>", "$1, several by comma");
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> annotation(ModifiersTree modifiers, String name) {
        return modifiers.getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().endsWith(name))
                .findFirst()
                .map(ConfigurationReference::onlyText);
    }

    private static String onlyText(AnnotationTree annotation) {
        ExpressionTree argument = annotation.getArguments().getFirst();
        ExpressionTree value = argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument;
        return ((LiteralTree) value).getValue().toString();
    }

    private static boolean holdsMapping(Path file) {
        try {
            return file.toString().endsWith("Config.java")
                    && Files.readString(file).contains("@ConfigMapping");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
