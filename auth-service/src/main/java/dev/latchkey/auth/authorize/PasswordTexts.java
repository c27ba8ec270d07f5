package dev.latchkey.auth.authorize;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the page about passwords says, in English; {@code messages/password_zh.properties} has the Chinese. */
@MessageBundle(value = "password", locale = "en")
interface PasswordTexts {

    @Message("Change your password")
    String title();

    @Message("Current password")
    String current();

    @Message("New password")
    String next();

    @Message("New password again")
    String again();

    @Message("At least {min} characters. A few unrelated words are easy to remember and hard to guess.")
    String hint(int min);

    @Message("Sign out everywhere")
    String signOut();

    @Message("Ends what every app and device has from you, in case somebody else knows your password.")
    String signOutHint();

    @Message("Change password")
    String change();

    @Message("The username or the current password is wrong.")
    String wrong();

    @Message("A new password has {min} to {max} characters.")
    String unacceptable(int min, int max);

    @Message("The two new passwords differ.")
    String differ();

    @Message("Too many people are signing in right now. Wait a moment, then try again.")
    String tooMany();

    @Message("Your password was changed")
    String changedTitle();

    @Message("From now on, sign in with the new one.")
    String changed();

    @Message("You were signed out of every app and device.")
    String signedOut();

    @Message("Nothing was changed")
    String refusedTitle();

    @Message("The form was opened too long ago or in another browser, or another website sent it.")
    String refused();

    @Message("Open the form again")
    String openAgain();
}
