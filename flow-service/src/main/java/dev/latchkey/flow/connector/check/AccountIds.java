package dev.latchkey.flow.connector.check;

import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.platform.net.WebAddress;
import java.util.Locale;
import java.util.Map;

/**
 * How an entry remembers whose account it is: as the remote names it, and for products whose names are unique on one server only
 * with the server behind an {@code @}. A server can move; the account is then still the same.
 */
public final class AccountIds {

    private AccountIds() {}

    /**
     * @param uniqueId of an entry; null for none
     * @param found of a test
     * @return whether both are the same account, wherever its server is
     */
    public static boolean sameAccount(Connector connector, String uniqueId, String found) {
        return uniqueId != null && account(connector, uniqueId).equals(account(connector, found));
    }

    static String join(Connector connector, String account, Map<String, String> texts) {
        String per = connector.check().account().per();
        return per == null ? account : account + "@" + server(texts.getOrDefault(per, ""));
    }

    private static String account(Connector connector, String uniqueId) {
        return connector.check().account().per() == null
                ? uniqueId
                : uniqueId.substring(0, Math.max(0, uniqueId.lastIndexOf('@')));
    }

    private static String server(String address) {
        return WebAddress.parse(address)
                .map(parsed -> parsed.connectHost() + ":" + parsed.port())
                .orElseGet(() -> address.toLowerCase(Locale.ROOT).replace('@', '_'));
    }
}
