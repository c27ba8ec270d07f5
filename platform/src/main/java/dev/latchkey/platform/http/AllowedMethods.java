package dev.latchkey.platform.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Knows which methods the resources answer at a path: what they declare, and nothing a framework adds to it. */
@ApplicationScoped
class AllowedMethods {

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    private final Map<String, Set<String>> byPath = new HashMap<>();
    private final Map<Pattern, Set<String>> byTemplate = new HashMap<>();

    AllowedMethods(BeanManager beans) {
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            Path path = bean.getBeanClass().getAnnotation(Path.class);
            if (path != null) {
                for (Method method : bean.getBeanClass().getMethods()) {
                    add(path.value(), method);
                }
            }
        }
    }

    /**
     * Returns the methods answered at a path, in alphabetical order; none when no resource is there.
     *
     * @param path as the request has it
     */
    Set<String> at(String path) {
        String normal = normal(path);
        Set<String> methods = byPath.get(normal);
        if (methods != null) {
            return methods;
        }
        return byTemplate.entrySet().stream()
                .filter(template -> template.getKey().matcher(normal).matches())
                .flatMap(template -> template.getValue().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void add(String resourcePath, Method method) {
        Path own = method.getAnnotation(Path.class);
        String path = normal(resourcePath + "/" + (own == null ? "" : own.value()));
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (http != null) {
                methodsAt(path).add(http.value());
            }
        }
    }

    private Set<String> methodsAt(String path) {
        if (!PARAMETER.matcher(path).find()) {
            return byPath.computeIfAbsent(path, key -> new TreeSet<>());
        }
        String expression = PARAMETER.splitAsStream(path).map(Pattern::quote).collect(Collectors.joining("[^/]+"))
                + (path.endsWith("}") ? "[^/]+" : "");
        return byTemplate.entrySet().stream()
                .filter(template -> template.getKey().pattern().equals(expression))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseGet(() -> byTemplate.computeIfAbsent(Pattern.compile(expression), key -> new TreeSet<>()));
    }

    private static String normal(String path) {
        String single = path.replace("//", "/");
        boolean slashAtEnd = single.length() > 1 && single.endsWith("/");
        return slashAtEnd ? single.substring(0, single.length() - 1) : single;
    }
}
