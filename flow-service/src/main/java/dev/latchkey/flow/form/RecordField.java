package dev.latchkey.flow.form;

import jakarta.validation.Path;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A component of a record as a field of a form, and its value in both directions. */
final class RecordField {

    private final RecordComponent component;
    private final boolean optional;
    private final boolean many;
    private final Class<?> type;
    private final Field field;

    RecordField(RecordComponent component) {
        this.component = component;
        component.getAccessor().setAccessible(true);
        Type declared = component.getGenericType();
        optional = component.getType() == Optional.class;
        Type inner = optional ? argument(declared) : declared;
        many = inner instanceof ParameterizedType list && list.getRawType() == List.class;
        if (!((many ? argument(inner) : inner) instanceof Class<?> simple)) {
            throw unsupported();
        }
        type = simple;
        field = describe();
    }

    Field field() {
        return field;
    }

    boolean isAt(Path path) {
        return path.iterator().hasNext()
                && component.getName().equals(path.iterator().next().getName());
    }

    /** Returns the value of the component for the value of the field; null is a value that is missing. */
    Object read(Object value) {
        Object item = many && value instanceof List<?> list
                ? list.stream().map(this::one).toList()
                : one(value);
        if (optional) {
            return Optional.ofNullable(item);
        }
        if (item != null || !component.getType().isPrimitive()) {
            return item;
        }
        if (type == boolean.class) {
            return false;
        }
        return type == double.class ? (Object) 0d : type == long.class ? (Object) 0L : (Object) 0;
    }

    /** Returns the value of the field in a record; null when it is missing. */
    Object write(Record input) {
        Object value;
        try {
            value = component.getAccessor().invoke(input);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a component cannot be read", e);
        }
        Object item = value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
        return item instanceof List<?> list
                ? list.stream().map(RecordField::plain).toList()
                : plain(item);
    }

    private Field describe() {
        String name = Names.snakeCase(component.getName());
        Input input = component.getAnnotation(Input.class);
        Selector selector = selector(input);
        Field described = optional ? Field.optional(name, selector) : Field.required(name, selector);
        if (type == Secret.class) {
            described = described.asSecret();
        }
        if (input == null) {
            return described;
        }
        if (!input.defaultValue().isEmpty()) {
            described = described.withDefault(parsed(input.defaultValue()));
        }
        return described.withText(emptyToNull(input.label()), emptyToNull(input.hint()));
    }

    private Selector selector(Input input) {
        if (type.isEnum()) {
            List<Selector.Option> options = Arrays.stream(type.getEnumConstants())
                    .map(constant -> Selector.Option.of(id((Enum<?>) constant)))
                    .toList();
            return new Selector.Select(options, many, null, null, null, null);
        }
        if (type == String.class) {
            Selector.TextType kind = input == null ? null : input.type();
            return new Selector.Text(null, many, null, null, kind, null);
        }
        if (many) {
            throw unsupported();
        }
        if (type == Secret.class) {
            return Selector.password();
        }
        if (type == boolean.class || type == Boolean.class) {
            return Selector.flag();
        }
        if (type == Duration.class) {
            return Selector.duration();
        }
        boolean whole = isWhole();
        if (!whole && type != double.class && type != Double.class) {
            throw unsupported();
        }
        Min min = annotation(Min.class);
        Max max = annotation(Max.class);
        return new Selector.Number(
                min == null ? null : (double) min.value(),
                max == null ? null : (double) max.value(),
                whole ? 1 : "any",
                Selector.Number.Mode.BOX,
                null);
    }

    private boolean isWhole() {
        return type == int.class || type == Integer.class || type == long.class || type == Long.class;
    }

    private Object parsed(String text) {
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.valueOf(text);
        }
        if (isWhole()) {
            return Long.valueOf(text);
        }
        if (type == double.class || type == Double.class) {
            return Double.valueOf(text);
        }
        return type == Duration.class ? Durations.write(Duration.parse(text)) : text;
    }

    private Object one(Object value) {
        if (value == null || type == String.class || type == Secret.class) {
            return value;
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> id((Enum<?>) constant).equals(value))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("not a value of " + type.getSimpleName()));
        }
        if (value instanceof Number number) {
            if (!isWhole()) {
                return number.doubleValue();
            }
            long exact = Numbers.exactLong(number);
            return type == int.class || type == Integer.class ? (Object) toInt(exact) : (Object) exact;
        }
        return type == Duration.class ? Durations.read((Map<?, ?>) value) : value;
    }

    private static int toInt(long value) {
        if (value != (int) value) {
            throw new IllegalArgumentException("a number does not fit");
        }
        return (int) value;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Enum<?> constant -> id(constant);
            case Integer number -> Long.valueOf(number);
            case Duration duration -> Durations.write(duration);
            case null, default -> value;
        };
    }

    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Annotations of Bean Validation are on the accessor and the field, not on the component. */
    private <A extends Annotation> A annotation(Class<A> kind) {
        return component.getAccessor().getAnnotation(kind);
    }

    private static Type argument(Type generic) {
        return ((ParameterizedType) generic).getActualTypeArguments()[0];
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private IllegalArgumentException unsupported() {
        return new IllegalArgumentException("no form can ask for a " + component.getGenericType() + ": "
                + component.getDeclaringRecord().getSimpleName() + "." + component.getName());
    }
}
