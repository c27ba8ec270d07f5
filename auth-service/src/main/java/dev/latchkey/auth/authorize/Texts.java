package dev.latchkey.auth.authorize;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the pages say, in English; {@code messages/page_zh.properties} has the Chinese. Values are put in by templates. */
@MessageBundle(value = "page", locale = "en")
interface Texts {

    // What every page has

    @Message("Latchkey")
    String product();

    @Message("Error:")
    String error();

    @Message("Go to {host}")
    String goTo(String host);

    @Message("You can close this page.")
    String close();

    // The app

    @Message("calls itself “{name}”")
    String callsItself(String name);

    @Message("Full address of the app")
    String fullAddress();

    @Message("You will be sent to a different address")
    String elsewhereTitle();

    @Message("The app publishes this address as its own. Go on only if you know it:")
    String elsewhere();

    // Signing in

    @Message("Sign in to continue to {host}")
    String signInTitle(String host);

    @Message("Sign in")
    String signIn();

    @Message("to continue to")
    String toContinueTo();

    @Message("Username")
    String username();

    @Message("Password")
    String password();

    @Message("Keep me signed in")
    String remember();

    @Message("Cancel")
    String cancel();

    @Message("The username or the password is wrong.")
    String wrongPassword();

    @Message("Too many people are signing in right now. Wait a moment, then try again.")
    String tooMany();

    @Message("The app never sees your password.")
    String passwordStays();

    // Consent

    @Message("Allow {host}?")
    String consentTitle(String host);

    @Message("Allow this app?")
    String consent();

    @Message("Signed in as")
    String signedInAs();

    @Message("If you allow it, this app")
    String ifAllowed();

    @Message("learns who you are")
    String learnsIdentity();

    @Message("can do on this platform whatever you can do")
    String actsForYou();

    @Message("keeps access until you take it back")
    String keepsAccess();

    @Message("Allow")
    String allow();

    @Message("Refuse")
    String refuse();

    // Ends

    @Message("Cancelled")
    String cancelledTitle();

    @Message("You did not sign in, and the app learned nothing.")
    String cancelled();

    @Message("This sign-in is over")
    String expiredTitle();

    @Message("It took too long, was finished already, or was started in another browser. Start again from the app.")
    String expired();

    @Message("This did not come from our page")
    String foreignTitle();

    @Message("Another website tried to sign you in or to answer for you. Nothing was done. Start again from the app.")
    String foreign();

    @Message("Login blocked")
    String blockedTitle();

    @Message("Login blocked: this user is not active.")
    String blockedInactive();

    @Message("Login blocked: this user can sign in from the local network only.")
    String blockedRemote();

    @Message("Ask whoever runs this installation.")
    String askOwner();

    @Message("Something went wrong here")
    String unexpectedTitle();

    @Message("It is our fault, not yours. Wait a moment, then go back and try again.")
    String unexpected();

    // Faults of an app

    @Message("This app cannot sign you in")
    String faultTitle();

    @Message("You were not signed in, and nothing was shared.")
    String faultHarmless();

    @Message("For the app’s developer")
    String forDevelopers();

    @Message("The app’s request cannot be read.")
    String malformed();

    @Message("Percent-encode every parameter as UTF-8.")
    String malformedRemedy();

    @Message("The app said something twice, so what it means is not clear.")
    String repeated();

    @Message("Send each parameter once.")
    String repeatedRemedy();

    @Message("The app did not say which app it is.")
    String clientIdMissing();

    @Message("Send client_id, the web address of the app, for example https://app.example/.")
    String clientIdMissingRemedy();

    @Message("The app did not give a web address as its name.")
    String clientIdInvalid();

    @Message(
            "client_id must be an http or https address without user name, fragment or dot segments. An IP address must be a local one.")
    String clientIdInvalidRemedy();

    @Message("The app did not say where to send you afterwards.")
    String redirectMissing();

    @Message("Send redirect_uri, an address of the app, for example https://app.example/callback.")
    String redirectMissingRemedy();

    @Message("The app asked to send you to an address that cannot be used.")
    String redirectInvalid();

    @Message(
            "redirect_uri must be an absolute address of at most 2048 ASCII characters. Schemes that run code or open files are not accepted.")
    String redirectInvalidRemedy();

    @Message("The app asked to send you to an address that is not known to be its own.")
    String redirectForeign();

    @Message(
            "Use a redirect_uri with the scheme, host and port of client_id, or publish it at client_id: in redirect_uris of a client ID metadata document, or in a link element with rel=redirect_uri within the first 10 kB of the page.")
    String redirectForeignRemedy();

    @Message(
            "The app asked to send you to an address on another host, and the app’s own page, which would have to confirm it, could not be read.")
    String redirectUnconfirmed();

    @Message("The app asked for an answer of a kind that is not given here.")
    String responseKind();

    @Message("Send response_type=code.")
    String responseTypeRemedy();

    @Message("Leave response_mode out, or send query.")
    String responseModeRemedy();

    @Message("The app sent more, or other, characters than can be sent back to it.")
    String unfit();

    @Message("state has at most 4096 characters and no control characters.")
    String stateRemedy();

    @Message("scope has at most 4096 characters and no control characters.")
    String scopeRemedy();

    @Message("The app did not secure its request correctly.")
    String pkce();

    @Message(
            "Send code_challenge, the 43 characters of a SHA-256 in base64url, with code_challenge_method=S256 (RFC 7636).")
    String pkceRemedy();

    // Before there is anybody

    @Message("Nobody can sign in yet")
    String ownerMissingTitle();

    @Message(
            "This installation has no users. Its first user owns it and is made in one of two ways. Then start again from the app.")
    String ownerMissing();

    @Message("Over HTTP, with your own name and password:")
    String ownerOverHttp();

    @Message("Or with these environment variables before the next start:")
    String ownerByEnvironment();

    // The front page

    @Message("Change your password")
    String changeYourPassword();

    @Message("Latchkey runs here")
    String welcomeTitle();

    @Message(
            "Latchkey signs people in and lets them decide which apps may act for them. Start from the app that you want to use.")
    String welcome();

    @Message("For developers")
    String developers();

    @Message("Authorization server metadata")
    String serverMetadata();

    @Message("Protected resource metadata")
    String resourceMetadata();

    @Message("Keys that sign access tokens")
    String keys();

    @Message("API documentation")
    String documentation();
}
