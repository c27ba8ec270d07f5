package dev.latchkey.auth.authorize;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** The pages as templates, and how they become answers. */
@ApplicationScoped
class Pages {

    /**
     * Where a person signs in.
     *
     * @param app who asks
     * @param flowId what the form carries
     * @param username what was typed before; empty at first
     * @param remember whether the box is ticked
     * @param alert what went wrong; null when nothing did
     * @param wrong whether it was what was typed
     */
    record SignIn(
            AppView app, String flowId, String username, boolean remember, String alert, boolean wrong, Frame frame)
            implements TemplateInstance {}

    /** Where a person who signed in decides. */
    record Consent(AppView app, String flowId, String userName, Frame frame) implements TemplateInstance {}

    /**
     * The end of the road.
     *
     * @param detail a second sentence; null when there is none
     * @param link where to go from here, nothing but an address that was verified; null when there is none
     * @param linkText what the link says
     */
    record Notice(String title, String message, String detail, String link, String linkText, Frame frame)
            implements TemplateInstance {}

    /**
     * What is wrong with an app's request.
     *
     * @param code the stable code of the reason
     * @param clientId what the app sent, cut; null when it sent nothing or it does not matter
     * @param redirectUri what the app sent, cut; null when it sent nothing or it does not matter
     */
    record AppFault(
            String meaning, String remedy, String error, String code, String clientId, String redirectUri, Frame frame)
            implements TemplateInstance {}

    /** How the first user is made. */
    record OwnerMissing(String publicAddress, Frame frame) implements TemplateInstance {}

    /**
     * Where a person changes the own password.
     *
     * @param token what the form carries, the same as the cookie of {@link FormToken}
     * @param username what was typed before; empty at first
     * @param signOut whether the box is ticked
     * @param minLength of a new password, in characters
     * @param alert what went wrong; null when nothing did
     * @param wrong the name of the field that was wrong; empty when none was
     */
    record ChangePassword(
            String token, String username, boolean signOut, int minLength, String alert, String wrong, Frame frame)
            implements TemplateInstance {}

    /** The front page. */
    record Welcome(Frame frame) implements TemplateInstance {}

    /**
     * What every page has around it.
     *
     * @param lang the BCP 47 tag
     * @param assets the prefix of pictures and styles
     * @param version changes whenever they do, so that browsers can keep them
     */
    record Frame(String lang, String assets, String version) {}

    private final Assets assets;

    Pages(Assets assets) {
        this.assets = assets;
    }

    /** Returns the texts in a language. */
    Texts texts(Language language) {
        return MessageBundles.get(
                Texts.class, Localized.Literal.of(language.locale().getLanguage()));
    }

    /** Returns the texts about passwords in a language. */
    PasswordTexts passwordTexts(Language language) {
        return MessageBundles.get(
                PasswordTexts.class, Localized.Literal.of(language.locale().getLanguage()));
    }

    Frame frame(Language language) {
        return new Frame(language.tag(), Assets.PATH, assets.version());
    }

    /** Returns a page as an answer that is never kept and never framed. */
    ResponseBuilder answer(int status, TemplateInstance page, Language language, String policy) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Content-Language", language.tag())
                .header(PageHeaders.CONTENT_POLICY, policy)
                .entity(page.setLocale(language.locale()).render());
    }

    ResponseBuilder answer(int status, TemplateInstance page, Language language) {
        return answer(status, page, language, ContentPolicy.ours());
    }
}
