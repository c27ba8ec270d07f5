package dev.latchkey.auth.user;

import dev.latchkey.platform.secret.Secrets;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/**
 * The authentication provider {@code homeassistant}: usernames and passwords. Hashing never happens inside a transaction,
 * so that it holds no database connection.
 */
@ApplicationScoped
public class PasswordProvider {

    /** The type under which clients know this provider. */
    public static final String TYPE = "homeassistant";

    private record Stored(String credentialId, String hash, Account account) {}

    private final UserRepository users;
    private final Accounts accounts;
    private final CredentialRepository credentials;
    private final UserService userService;
    private final PasswordHasher hasher;
    private final Event<AccountChanged> changed;
    private final Event<UserSignedOut> signedOut;
    private final Event<SignInsEnded> signInsEnded;
    private final Clock clock;

    private volatile boolean ownerSeen;

    PasswordProvider(
            UserRepository users,
            Accounts accounts,
            CredentialRepository credentials,
            UserService userService,
            PasswordHasher hasher,
            Event<AccountChanged> changed,
            Event<UserSignedOut> signedOut,
            Event<SignInsEnded> signInsEnded,
            Clock clock) {
        this.users = users;
        this.accounts = accounts;
        this.credentials = credentials;
        this.userService = userService;
        this.hasher = hasher;
        this.changed = changed;
        this.signedOut = signedOut;
        this.signInsEnded = signInsEnded;
        this.clock = clock;
    }

    /**
     * Returns the credential of a username and password, or nothing when they do not belong together. Takes the same time
     * for a username nobody has.
     *
     * @throws TooManySignInsException when too many already wait for a hasher
     */
    public Optional<VerifiedCredential> verify(String username, String password) {
        if (!PasswordHasher.canBeHashed(password)) {
            // Before the look-up, of whose result the time would tell.
            return Optional.empty();
        }
        Optional<Stored> stored = Optional.of(Username.normalize(username))
                .filter(Username::isAcceptable)
                .flatMap(this::stored);
        boolean matches = hasher.matches(password, stored.map(Stored::hash).orElse(null));
        return stored.filter(found -> matches)
                .map(found -> new VerifiedCredential(found.credentialId(), found.account(), found.hash()));
    }

    /** Tells whether the first user is still to be made. */
    public boolean ownerMissing() {
        if (!ownerSeen) {
            ownerSeen = QuarkusTransaction.joiningExisting().call(users::ownerExists);
        }
        return !ownerSeen;
    }

    /**
     * Makes the first user, who owns the installation.
     *
     * @return nothing when there is an owner already, however many try at once
     * @throws UserException {@code invalid_name}, {@code invalid_username}, {@code invalid_password}
     */
    public Optional<VerifiedCredential> createOwner(String name, String username, String password) {
        if (!ownerMissing()) {
            return Optional.empty();
        }
        String normalized = acceptableUsername(Username.normalize(username));
        String hash = hasher.hash(acceptablePassword(password));
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                UserEntity user = userService.newUser(name, List.of(Group.ADMIN.id()), false);
                user.owner = true;
                users.persistAndFlush(user);
                changed.fire(new AccountChanged(user.id));
                CredentialEntity credential = persist(user.id, normalized, hash);
                return Optional.of(new VerifiedCredential(credential.id, user.toAccount(), hash));
            });
        } catch (PersistenceException e) {
            if (isUniqueViolation(e) && !ownerMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Gives a user a username and password.
     *
     * @throws UserException {@code not_found}, {@code system_generated}, {@code username_already_exists}, {@code
     *     username_not_normalized}, {@code invalid_username}, {@code invalid_password}
     */
    public void addCredential(String userId, String username, String password) {
        String normalized = Username.normalize(username);
        if (!normalized.equals(username)) {
            throw new UserException(
                    "username_not_normalized",
                    "The username \"" + normalized + "\" is the normalized form; use that",
                    Map.of("new_username", normalized));
        }
        acceptableUsername(normalized);
        String hash = hasher.hash(acceptablePassword(password));
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                UserEntity user = users.findByIdOptional(userId)
                        .orElseThrow(() -> new UserException("not_found", "User not found"));
                if (user.systemGenerated) {
                    throw new UserException("system_generated", "Cannot add credentials to a system generated user.");
                }
                persist(userId, normalized, hash);
            });
        } catch (PersistenceException e) {
            if (isUniqueViolation(e)) {
                throw new UserException(
                        "username_already_exists",
                        "Username \"" + normalized + "\" already exists",
                        Map.of("username", normalized));
            }
            throw e;
        }
    }

    /**
     * Removes a username and its password. Grants that were given by it stay.
     *
     * @throws UserException {@code user_not_found}
     */
    public void deleteCredential(String username) {
        String normalized = Username.normalize(username);
        boolean deleted = QuarkusTransaction.requiringNew().call(() -> {
            // The user first: whoever redeems a code of the credential holds the user, and the code goes with the
            // credential.
            credentials.findByUsername(normalized).ifPresent(found -> accounts.lock(found.user().id));
            return credentials.delete("username", normalized) > 0;
        });
        if (!deleted) {
            throw new UserException("user_not_found", "User not found");
        }
    }

    /**
     * Changes the password of a user who knows the present one. Of two changes at once one succeeds. Sign-ins that have
     * not come to a grant yet end in any case.
     *
     * @param signOutOthers true to end every grant of the user but the one that asks
     * @param grantId the grant that asks
     * @throws UserException {@code credentials_not_found}, {@code invalid_current_password}, {@code invalid_password}
     */
    public void changePassword(
            String userId, String grantId, String currentPassword, String newPassword, boolean signOutOthers) {
        CredentialEntity credential = QuarkusTransaction.requiringNew()
                .call(() -> credentials.ofUser(userId).stream().findFirst())
                .orElseThrow(() -> new UserException("credentials_not_found", "Credentials not found"));
        if (!hasher.matches(currentPassword, credential.passwordHash)) {
            throw invalidCurrentPassword();
        }
        Runnable signOut = signOutOthers ? () -> signedOut.fire(new UserSignedOut(userId, grantId)) : () -> {};
        change(userId, credential.id, credential.passwordHash, newPassword, signOut);
    }

    /**
     * Changes the password of somebody who is in no session and just proved to know the present one; else as
     * {@link #changePassword(String, String, String, String, boolean)}.
     *
     * @param signOut true to end every grant of the user
     * @throws UserException {@code invalid_current_password} when it was changed meanwhile, {@code invalid_password}
     */
    public void changePassword(VerifiedCredential verified, String newPassword, boolean signOut) {
        String userId = verified.account().id();
        Runnable end = signOut ? () -> signedOut.fire(new UserSignedOut(userId, null)) : () -> {};
        change(userId, verified.credentialId(), verified.proof(), newPassword, end);
    }

    private void change(String userId, String credentialId, String knownHash, String newPassword, Runnable signOut) {
        String hash = hasher.hash(acceptablePassword(newPassword));
        QuarkusTransaction.requiringNew().run(() -> {
            accounts.lock(userId);
            if (!credentials.change(credentialId, knownHash, hash)) {
                throw invalidCurrentPassword();
            }
            signInsEnded.fire(new SignInsEnded(userId));
            signOut.run();
        });
    }

    private Optional<Stored> stored(String normalized) {
        return QuarkusTransaction.requiringNew()
                .call(() -> credentials
                        .findByUsername(normalized)
                        .map(found -> new Stored(
                                found.credential().id,
                                found.credential().passwordHash,
                                found.user().toAccount())));
    }

    private static UserException invalidCurrentPassword() {
        return new UserException("invalid_current_password", "Invalid current password");
    }

    private CredentialEntity persist(String userId, String username, String hash) {
        CredentialEntity credential = new CredentialEntity();
        credential.id = Secrets.randomId();
        credential.userId = userId;
        credential.authProviderType = TYPE;
        credential.username = username;
        credential.passwordHash = hash;
        credential.createdAt = clock.instant();
        credentials.persistAndFlush(credential);
        return credential;
    }

    private static String acceptableUsername(String normalized) {
        if (!Username.isAcceptable(normalized)) {
            throw new UserException("invalid_username", "A username has 1 to " + Username.MAX_LENGTH + " characters");
        }
        return normalized;
    }

    private static String acceptablePassword(String password) {
        if (!PasswordHasher.isAcceptable(password)) {
            throw new UserException(
                    "invalid_password",
                    "A password has " + PasswordHasher.MIN_LENGTH + " to " + PasswordHasher.MAX_LENGTH + " characters");
        }
        return password;
    }

    private static boolean isUniqueViolation(PersistenceException e) {
        return e instanceof ConstraintViolationException violation
                && violation.getKind() == ConstraintViolationException.ConstraintKind.UNIQUE;
    }
}
