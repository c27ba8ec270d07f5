package dev.latchkey.flow.form;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What a person is asked for, in order. A form without fields takes anything ({@code spec/flows.md} 2.4). */
public record Form(@JsonValue List<Field> fields) {

    private static final int MOST_FIELDS = 100;

    /** The form that asks for nothing. */
    public static final Form EMPTY = new Form(List.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Form {
        fields = List.copyOf(fields);
        if (fields.size() > MOST_FIELDS) {
            throw new IllegalArgumentException("a form has at most " + MOST_FIELDS + " fields");
        }
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new IllegalArgumentException("two fields are called " + field.name());
            }
        }
    }

    /** Returns the form of some fields. */
    public static Form of(Field... fields) {
        return new Form(Arrays.asList(fields));
    }

    /** Returns the form that a record describes: see {@link RecordForm}. */
    public static Form of(Class<? extends Record> type) {
        return RecordForm.of(type).form();
    }

    /** Returns the field of a name. */
    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** Returns the names of the fields whose values are secrets. */
    public Set<String> secretNames() {
        return fields.stream().filter(Field::secret).map(Field::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the form with values to begin with, by name of the field; those of secrets are left out. */
    public Form withSuggestions(Map<String, ?> values) {
        return map(field -> values.get(field.name()) == null ? field : field.withSuggestion(values.get(field.name())));
    }

    /** Returns the form in which a secret may be left out, which means: as it was (decision F14). */
    public Form keepingSecrets() {
        return map(field -> field.secret() ? field.withRequired(false) : field);
    }

    /** Checks what a person entered. */
    public FormInput check(Map<String, Object> input) {
        return new FormCheck().check(this, input);
    }

    private Form map(UnaryOperator<Field> change) {
        return new Form(fields.stream().map(change).toList());
    }
}
