package dev.latchkey.auth.user;

import dev.latchkey.platform.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules by which users come, change and go. */
@ApplicationScoped
public class UserService {

    private static final int MAX_NAME_LENGTH = 256;

    private final UserRepository users;
    private final CredentialRepository credentials;
    private final Event<AccountChanged> changed;
    private final Event<UserSignedOut> signedOut;
    private final Clock clock;

    UserService(
            UserRepository users,
            CredentialRepository credentials,
            Event<AccountChanged> changed,
            Event<UserSignedOut> signedOut,
            Clock clock) {
        this.users = users;
        this.credentials = credentials;
        this.changed = changed;
        this.signedOut = signedOut;
        this.clock = clock;
    }

    /** Returns every user, oldest first, in two queries. */
    @Transactional
    public List<UserDetails> list() {
        Map<String, List<CredentialEntity>> byUser =
                credentials.streamAll().collect(Collectors.groupingBy(credential -> credential.userId));
        return users.list("order by createdAt, id").stream()
                .map(user -> details(user, byUser.getOrDefault(user.id, List.of())))
                .toList();
    }

    /** Returns a user with the types of its credentials. */
    @Transactional
    public Optional<UserDetails> find(String userId) {
        return users.findByIdOptional(userId).map(user -> details(user, credentials.ofUser(userId)));
    }

    /**
     * Adds a user who has no credential yet.
     *
     * @throws UserException {@code invalid_name}, {@code invalid_group}
     */
    @Transactional
    public UserDetails create(String name, List<String> groups, boolean localOnly) {
        UserEntity user = newUser(name, groups, localOnly);
        users.persist(user);
        changed.fire(new AccountChanged(user.id));
        return details(user, List.of());
    }

    /**
     * Changes a user. Deactivating one ends all its grants.
     *
     * @throws UserException {@code not_found}, {@code cannot_modify_system_generated}, {@code cannot_deactivate_owner},
     *     {@code invalid_name}, {@code invalid_group}
     */
    @Transactional
    public UserDetails update(String userId, UserChange change) {
        UserEntity user = existing(userId);
        if (user.systemGenerated) {
            throw new UserException("cannot_modify_system_generated", "Unable to update system generated users.");
        }
        if (user.owner && Boolean.FALSE.equals(change.active())) {
            throw new UserException("cannot_deactivate_owner", "Unable to deactivate owner.");
        }
        if (change.name() != null) {
            user.name = acceptableName(change.name());
        }
        if (change.groups() != null) {
            user.groupIds = acceptableGroups(change.groups());
        }
        if (change.localOnly() != null) {
            user.localOnly = change.localOnly();
        }
        if (change.active() != null) {
            boolean deactivated = user.active && !change.active();
            user.active = change.active();
            if (deactivated) {
                signedOut.fire(new UserSignedOut(userId, null));
            }
        }
        changed.fire(new AccountChanged(userId));
        return details(user, credentials.ofUser(userId));
    }

    /**
     * Removes a user with its credentials and ends all its grants.
     *
     * @throws UserException {@code not_found}, {@code cannot_delete_owner}, {@code cannot_modify_system_generated}
     */
    @Transactional
    public void delete(String userId) {
        UserEntity user = existing(userId);
        if (user.systemGenerated) {
            throw new UserException("cannot_modify_system_generated", "Unable to delete system generated users.");
        }
        if (user.owner) {
            throw new UserException("cannot_delete_owner", "Unable to delete the owner.");
        }
        signedOut.fire(new UserSignedOut(userId, null));
        users.delete(user);
        changed.fire(new AccountChanged(userId));
    }

    UserEntity newUser(String name, List<String> groups, boolean localOnly) {
        UserEntity user = new UserEntity();
        user.id = Secrets.randomId();
        user.name = acceptableName(name);
        user.active = true;
        user.localOnly = localOnly;
        user.groupIds = acceptableGroups(groups);
        user.createdAt = clock.instant();
        return user;
    }

    /** Locks the user, so that of two changes at once the second sees what the first one left. */
    private UserEntity existing(String userId) {
        return users.findByIdOptional(userId, LockModeType.PESSIMISTIC_WRITE)
                .orElseThrow(() -> new UserException("not_found", "User not found"));
    }

    private static String acceptableName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_NAME_LENGTH || !PlainText.is(stripped)) {
            throw new UserException(
                    "invalid_name",
                    "A name has 1 to " + MAX_NAME_LENGTH + " characters, none of them a control character");
        }
        return stripped;
    }

    private static String[] acceptableGroups(List<String> groups) {
        for (String group : groups) {
            if (Group.of(group).isEmpty()) {
                throw new UserException(
                        "invalid_group",
                        "Unknown group; the groups are "
                                + List.of(Group.values()).stream()
                                        .map(Group::id)
                                        .collect(Collectors.joining(", ")));
            }
        }
        return groups.stream().distinct().toArray(String[]::new);
    }

    private static UserDetails details(UserEntity user, List<CredentialEntity> credentials) {
        return new UserDetails(
                user.toAccount(),
                credentials.isEmpty() ? null : credentials.getFirst().username,
                credentials.stream()
                        .map(credential -> credential.authProviderType)
                        .toList());
    }
}
