package dev.latchkey.flow.form;

import dev.latchkey.flow.form.FormInput.Accepted;
import dev.latchkey.flow.form.FormInput.Refused;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * A record whose components and Bean Validation annotations are the form: {@code record UserInput(@Input(type = URL) String
 * host, Secret apiToken) {}} asks for {@code host} and the secret {@code api_token}.
 *
 * <p>Component types: {@code String}, {@link Secret}, {@code boolean}, {@code int}, {@code long}, {@code double} and their
 * boxes, enums (a select of their names in lower case), {@link java.time.Duration}, lists of texts or enums, and {@link
 * java.util.Optional} of each, which makes the field optional. {@code @Min} and {@code @Max} are told to the client too; every
 * other constraint, of the record as a whole as well, is checked here.
 *
 * @param <R> the record
 */
public final class RecordForm<R extends Record> {

    private static final ClassValue<RecordForm<?>> KNOWN = new ClassValue<>() {
        @Override
        protected RecordForm<?> computeValue(Class<?> type) {
            return new RecordForm<>(type.asSubclass(Record.class));
        }
    };

    private final Constructor<R> constructor;
    private final List<RecordField> fields;
    private final Form form;

    private RecordForm(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its canonical constructor", e);
        }
        constructor.setAccessible(true);
        fields = Arrays.stream(components).map(RecordField::new).toList();
        form = new Form(fields.stream().map(RecordField::field).toList());
    }

    /**
     * Returns the form of a record.
     *
     * @throws IllegalArgumentException when a component has a type that no form can ask for
     */
    @SuppressWarnings("unchecked")
    public static <R extends Record> RecordForm<R> of(Class<R> type) {
        return (RecordForm<R>) KNOWN.get(type);
    }

    /** Returns the fields that the record asks for. */
    public Form form() {
        return form;
    }

    /** Returns the record of values that a form accepted; null or false or 0 where a value is missing. */
    public R read(Map<String, Object> values) {
        Object[] arguments = fields.stream()
                .map(field -> field.read(values.get(field.field().name())))
                .toArray();
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("a record refused its values", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record cannot be made", e);
        }
    }

    /** Returns the values of a record by name of the field, without those that are missing. */
    public static Map<String, Object> values(Record input) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordField field : of(input.getClass()).fields) {
            Object value = field.write(input);
            if (value != null) {
                values.put(field.field().name(), value);
            }
        }
        return values;
    }

    /**
     * Checks the constraints of the record on values that its form accepted. A secret that may be left out is only checked when
     * it is there.
     */
    public FormInput check(Map<String, Object> values) {
        Map<String, String> errors = new TreeMap<>();
        Map<String, String> codes = new TreeMap<>();
        for (RecordField field : fields) {
            try {
                field.read(values.get(field.field().name()));
            } catch (IllegalArgumentException e) {
                errors.put(field.field().name(), e.getMessage());
                codes.put(field.field().name(), "invalid");
            }
        }
        if (!errors.isEmpty()) {
            return new Refused(errors, codes);
        }
        R input;
        try {
            input = read(values);
        } catch (IllegalArgumentException e) {
            return new Refused(Map.of("base", "the values do not fit together"), Map.of("base", "invalid"));
        }
        for (ConstraintViolation<R> violation : Constraints.VALIDATOR.validate(input)) {
            String name = fields.stream()
                    .filter(field -> field.isAt(violation.getPropertyPath()))
                    .map(field -> field.field().name())
                    .findFirst()
                    .orElse("base");
            if (values.get(name) == null && keepsItsValue(name)) {
                continue;
            }
            errors.merge(name, violation.getMessage(), (one, other) -> one + "; " + other);
            codes.putIfAbsent(name, Constraints.code(violation));
        }
        return errors.isEmpty() ? new Accepted(values) : new Refused(errors, codes);
    }

    private boolean keepsItsValue(String name) {
        return form.field(name).filter(Field::secret).isPresent();
    }

    /** The constraints of Bean Validation; its expressions are not evaluated, and messages do not repeat values. */
    private static final class Constraints {

        private static final Validator VALIDATOR = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator();

        private static final Map<String, String> CODES = Map.of(
                "NotNull", "required",
                "NotBlank", "required",
                "NotEmpty", "required",
                "Min", "too_small",
                "Max", "too_large",
                "Size", "invalid_length",
                "Pattern", "invalid_format",
                "Email", "invalid_format",
                "URL", "invalid_format");

        private static String code(ConstraintViolation<?> violation) {
            String constraint = violation
                    .getConstraintDescriptor()
                    .getAnnotation()
                    .annotationType()
                    .getSimpleName();
            return CODES.getOrDefault(constraint, Names.snakeCase(constraint));
        }
    }

    @Override
    public String toString() {
        return form.fields().stream().map(Field::name).collect(Collectors.joining(", ", "RecordForm[", "]"));
    }
}
