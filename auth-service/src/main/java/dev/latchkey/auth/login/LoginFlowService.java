package dev.latchkey.auth.login;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.login.LoginFlow.Step;
import dev.latchkey.auth.token.CodeRequest;
import dev.latchkey.auth.token.CodeRequest.CodeKind;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.auth.user.SignInsEnded;
import dev.latchkey.auth.user.VerifiedCredential;
import dev.latchkey.platform.net.ClientNetwork;
import dev.latchkey.platform.secret.Secrets;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps login flows in the database, so that they survive a restart and any replica can continue them. Only digests of their
 * secrets are stored (decision A16).
 */
@ApplicationScoped
public class LoginFlowService {

    private static final int LOCAL_NETWORKS_HAVE = 5;

    private final EntityManager database;
    private final Accounts accounts;
    private final Duration lifetime;
    private final int maxOpen;
    private final int maxOpenOfNetwork;
    private final Clock clock;

    LoginFlowService(EntityManager database, Accounts accounts, AuthConfig config, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.lifetime = config.loginFlowLifetime();
        this.maxOpen = config.maxOpenLoginFlows();
        this.maxOpenOfNetwork = config.maxOpenLoginFlowsPerAddress();
        this.clock = clock;
    }

    /**
     * Starts a flow whose client and redirect address were verified. If its network has too many open, its oldest ends.
     *
     * @param state null when the app sent none
     * @param boundToBrowser true to demand a secret that only the starting browser gets
     * @param client the address of whoever starts it
     */
    @Transactional
    public LoginFlow start(CodeRequest request, String state, boolean boundToBrowser, InetAddress client) {
        LoginFlow flow = new LoginFlow(
                Secrets.randomId(),
                Step.INIT,
                request.kind(),
                request.clientId(),
                request.redirectUri(),
                state,
                request.codeChallenge(),
                boundToBrowser ? Secrets.random() : null,
                false,
                null,
                null);
        ClientNetwork network = ClientNetwork.of(client);
        persist(flow, network);
        endOldest(network);
        return flow;
    }

    /**
     * Returns the open flow of an id.
     *
     * @param browserSecret what the browser presents; null for the JSON API
     * @return nothing when it is unknown, finished or expired, or belongs to another browser
     */
    @Transactional
    public Optional<LoginFlow> find(String id, String browserSecret) {
        LoginFlowEntity found = database.find(LoginFlowEntity.class, Secrets.sha256(id));
        if (found == null
                || !found.expiresAt.isAfter(clock.instant())
                || !sameBrowser(found.browserHash, browserSecret)) {
            return Optional.empty();
        }
        return Optional.of(new LoginFlow(
                id,
                Step.valueOf(found.step),
                CodeKind.valueOf(found.kind),
                found.clientId,
                found.redirectUri,
                found.state,
                found.codeChallenge,
                browserSecret,
                found.remember,
                found.userId,
                found.credentialId));
    }

    /**
     * Ends a flow. Of many who end it at once one succeeds, so what follows from it happens once.
     *
     * @return false when it was not open any more
     */
    @Transactional
    public boolean end(LoginFlow flow) {
        return database.createQuery("delete from LoginFlow where idHash = :id and expiresAt > :now")
                        .setParameter("id", Secrets.sha256(flow.id()))
                        .setParameter("now", clock.instant())
                        .executeUpdate()
                > 0;
    }

    /**
     * Moves a flow on to the consent of the person who signed in, under new secrets: whoever knew the old ones has nothing.
     *
     * @param client the address of whoever signed in
     * @return nothing when it was not open any more, or the password was changed since the sign-in began
     */
    @Transactional
    public Optional<LoginFlow> signedIn(
            LoginFlow flow, VerifiedCredential credential, boolean remember, InetAddress client) {
        boolean overtaken = accounts.hold(credential).isEmpty();
        if (!end(flow) || overtaken) {
            return Optional.empty();
        }
        LoginFlow consent = new LoginFlow(
                Secrets.randomId(),
                Step.CONSENT,
                flow.kind(),
                flow.clientId(),
                flow.redirectUri(),
                flow.state(),
                flow.codeChallenge(),
                Secrets.random(),
                remember,
                credential.account().id(),
                credential.credentialId());
        persist(consent, ClientNetwork.of(client));
        return Optional.of(consent);
    }

    /** Ends the flows in which the user has signed in. */
    void endSignedIn(@Observes SignInsEnded ended) {
        database.createQuery("delete from LoginFlow where userId = :user")
                .setParameter("user", ended.userId())
                .executeUpdate();
    }

    /** Removes expired flows and, beyond the limit, the oldest. */
    @Scheduled(every = "PT30S", delayed = "PT30S")
    @Transactional
    void forget() {
        database.createQuery("delete from LoginFlow where expiresAt <= :now")
                .setParameter("now", clock.instant())
                .executeUpdate();
        database.createNativeQuery("""
                        delete from login_flow where expires_at <=
                            (select expires_at from login_flow order by expires_at desc offset :most limit 1)
                        """).setParameter("most", maxOpen).executeUpdate();
    }

    /**
     * Keeps a network to its share. Reads no more of the index than that share, and leaves alone what another transaction is
     * just ending, so that no two wait for each other.
     */
    private void endOldest(ClientNetwork network) {
        int most = network.local() ? LOCAL_NETWORKS_HAVE * maxOpenOfNetwork : maxOpenOfNetwork;
        database.createNativeQuery("""
                        delete from login_flow where id_hash in (
                            select id_hash from login_flow
                            where client_network = :network and expires_at <= (
                                select expires_at from login_flow where client_network = :network
                                order by expires_at desc offset :most limit 1)
                            for update skip locked)
                        """)
                .setParameter("network", network.text())
                .setParameter("most", most)
                .executeUpdate();
    }

    private void persist(LoginFlow flow, ClientNetwork network) {
        Instant now = clock.instant();
        LoginFlowEntity entity = new LoginFlowEntity();
        entity.idHash = Secrets.sha256(flow.id());
        entity.step = flow.step().name();
        entity.kind = flow.kind().name();
        entity.clientId = flow.clientId();
        entity.redirectUri = flow.redirectUri();
        entity.state = flow.state();
        entity.codeChallenge = flow.codeChallenge();
        entity.browserHash = flow.browserSecret() == null ? null : Secrets.sha256(flow.browserSecret());
        entity.remember = flow.remember();
        entity.userId = flow.userId();
        entity.credentialId = flow.credentialId();
        entity.clientNetwork = network.text();
        entity.createdAt = now;
        entity.expiresAt = now.plus(lifetime);
        database.persist(entity);
    }

    private static boolean sameBrowser(byte[] expectedHash, String presented) {
        if (expectedHash == null || presented == null) {
            return expectedHash == null && presented == null;
        }
        return MessageDigest.isEqual(expectedHash, Secrets.sha256(presented));
    }
}
