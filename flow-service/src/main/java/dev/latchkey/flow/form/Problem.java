package dev.latchkey.flow.form;

/**
 * What is wrong with one value, in the words that existing clients know ({@code spec/flows.md} 2.4) and as a stable code.
 *
 * @param text never repeats what was entered, except an option that is none
 */
record Problem(String code, String text) {

    static final Problem REQUIRED = new Problem("required", "required key not provided");
    static final Problem NOT_TEXT = new Problem("expected_string", "expected str");
    static final Problem NOT_WHOLE = new Problem("expected_integer", "expected int");
    static final Problem NOT_NUMBER = new Problem("expected_number", "expected float");
    static final Problem NOT_FLAG = new Problem("expected_boolean", "expected bool");
    static final Problem NOT_OBJECT = new Problem("expected_object", "expected a dictionary");
    static final Problem NOT_LIST = new Problem("expected_list", "Not a list");
    static final Problem NOT_SELECTED_LIST = new Problem("expected_list", "Value should be a list");
    static final Problem UNKNOWN = new Problem("unknown_field", "extra keys not allowed");
    static final Problem BAD_TEXT = new Problem("invalid_text", "expected a text without control characters");
    static final Problem NOT_EMAIL = new Problem("invalid_format", "expected an email address");
    static final Problem NOT_URL = new Problem("invalid_format", "expected a URL");

    static Problem tooSmall(String least) {
        return new Problem("too_small", "value must be at least " + least);
    }

    static Problem tooLarge(String most) {
        return new Problem("too_large", "value must be at most " + most);
    }

    static Problem tooShort(int least) {
        return new Problem("too_short", "length of value must be at least " + least);
    }

    static Problem tooLong(int most) {
        return new Problem("too_long", "length of value must be at most " + most);
    }
}
