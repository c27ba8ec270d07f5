package dev.latchkey.local.client;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;

/** What a person does on the pages between an app and its tokens, in the words that they read there. */
record SignInPage(Page page) {
    SignInPage signIn() {
        return signIn(Api.PASSWORD);
    }

    SignInPage signIn(String password) {
        page.getByLabel("Username").fill(Api.USERNAME);
        page.getByLabel("Password").fill(password);
        button("Sign in").click();
        return this;
    }

    SignInPage keepSignedIn(boolean keep) {
        page.getByLabel("Keep me signed in").setChecked(keep);
        return this;
    }

    SignInPage allow() {
        button("Allow").click();
        return this;
    }

    SignInPage refuse() {
        button("Refuse").click();
        return this;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }
}
