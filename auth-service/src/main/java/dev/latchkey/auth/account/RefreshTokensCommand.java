package dev.latchkey.auth.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.SocketCommand;
import dev.latchkey.auth.token.Grant;
import dev.latchkey.auth.token.RefreshTokenService;
import dev.latchkey.auth.user.PasswordProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** {@code auth/refresh_tokens}: what the user granted, oldest first; never a token itself. */
@ApplicationScoped
class RefreshTokensCommand implements SocketCommand {

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    record GrantView(
            @JsonProperty("auth_provider_type") String authProviderType,
            @JsonProperty("client_icon") String clientIcon,
            @JsonProperty("client_id") String clientId,
            @JsonProperty("client_name") String clientName,
            @JsonProperty("created_at") String createdAt,
            @JsonProperty("expire_at") String expireAt,
            String id,
            @JsonProperty("is_current") boolean current,
            @JsonProperty("last_used_at") String lastUsedAt,
            @JsonProperty("last_used_ip") String lastUsedIp,
            String type) {

        static GrantView of(Grant grant, String currentId) {
            return new GrantView(
                    grant.credentialId() == null ? null : PasswordProvider.TYPE,
                    grant.clientIcon(),
                    grant.clientId(),
                    grant.clientName(),
                    iso(grant.createdAt()),
                    iso(grant.expireAt()),
                    grant.id(),
                    grant.id().equals(currentId),
                    iso(grant.lastUsedAt()),
                    grant.lastUsedIp(),
                    grant.type().wireName());
        }

        private static String iso(Instant instant) {
            return instant == null ? null : ISO.format(instant);
        }
    }

    private final RefreshTokenService tokens;

    RefreshTokensCommand(RefreshTokenService tokens) {
        this.tokens = tokens;
    }

    @Override
    public String type() {
        return "auth/refresh_tokens";
    }

    @Override
    public Object handle(Caller caller, JsonNode message) {
        return tokens.list(caller.account().id()).stream()
                .map(grant -> GrantView.of(grant, caller.token().grantId()))
                .toList();
    }
}
