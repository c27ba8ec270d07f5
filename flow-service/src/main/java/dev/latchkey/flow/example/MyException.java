package dev.latchkey.flow.example;

/** Why {@link MyClient} has no answer to give. */
final class MyException extends Exception {

    private static final long serialVersionUID = 1;

    /** What people can do about it, each in another way. */
    enum Kind {
        /** Give another token. */
        INVALID_AUTH,
        /** Wait, or give another address. */
        CANNOT_CONNECT,
        /** Give another address. */
        ADDRESS_NOT_ALLOWED
    }

    private final Kind kind;

    MyException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
