package dev.latchkey.auth.client;

/** How asking an app about itself ended. */
sealed interface ClientLookup {

    /**
     * The app published something.
     *
     * @param app what it published
     * @param lasting whether the answer was whole and healthy enough to be remembered
     */
    record Found(ClientApp app, boolean lasting) implements ClientLookup {}

    /**
     * It could not be asked, or published nothing usable.
     *
     * @param why a stable code
     */
    record Unavailable(String why) implements ClientLookup {

        /** It was not even asked: whoever wanted to know has as many questions under way as they may. */
        static final Unavailable BUSY = new Unavailable("busy");
    }
}
