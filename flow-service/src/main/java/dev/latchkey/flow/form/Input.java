package dev.latchkey.flow.form;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says how a component of a record is entered, where its type does not say enough. See {@link RecordForm}. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Input {

    /** The kind of a text; a {@link Secret} is always a password. */
    Selector.TextType type() default Selector.TextType.TEXT;

    /** What is taken when nothing is entered, in the form in which a person would enter it; empty: no default. */
    String defaultValue() default "";

    /** What the field is called; empty to leave it to the client's translations. */
    String label() default "";

    /** A sentence of help; empty when there is none. */
    String hint() default "";
}
