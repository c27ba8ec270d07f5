package dev.latchkey.flow.entry;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class EntryRepository implements PanacheRepositoryBase<EntryEntity, String> {

    Optional<EntryEntity> tryFind(String entryId) {
        return EntryLimits.isId(entryId) ? findByIdOptional(entryId) : Optional.empty();
    }

    Optional<EntryEntity> findByUniqueId(String domain, String uniqueId) {
        if (!EntryLimits.isUniqueId(uniqueId)) {
            return Optional.empty();
        }
        return find("domain = ?1 and uniqueId = ?2", domain, uniqueId).firstResultOptional();
    }

    List<EntryEntity> ofDomain(String domain) {
        return list("domain = ?1 order by position", domain);
    }

    /** Locks an entry for the rest of the transaction. */
    EntryEntity lock(String entryId) {
        return tryLock(entryId).orElseThrow(() -> new UnknownEntryException(entryId));
    }

    /**
     * Locks an entry for the rest of the transaction, if there is one. What the transaction has read of it before may be out of
     * date, and is read again: rows are written as a whole.
     */
    Optional<EntryEntity> tryLock(String entryId) {
        EntityManager database = getEntityManager();
        try {
            Optional<EntryEntity> entry = tryFind(entryId);
            database.flush();
            entry.ifPresent(found -> database.refresh(found, LockModeType.PESSIMISTIC_WRITE));
            return entry;
        } catch (EntityNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Locks entries for the rest of the transaction, in the order in which everybody locks several. */
    List<EntryEntity> lockAll(Collection<String> entryIds) {
        return find("id in ?1 order by id", entryIds)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** Locks entries that are due and that nobody works on. */
    @SuppressWarnings("unchecked")
    List<EntryEntity> lockDue(Instant now, int most) {
        return getEntityManager()
                .createNativeQuery("""
                        select * from config_entry
                        where due_at <= :now and hold is null
                        order by due_at limit :most for update skip locked
                        """, EntryEntity.class)
                .setParameter("now", now)
                .setParameter("most", most)
                .getResultList();
    }

    /** Makes entries of some domains due that could not be set up, those that are held as soon as they are not. */
    int makeFailedDue(Collection<String> domains, Instant now) {
        return getEntityManager()
                .createNativeQuery("""
                        with failed as (
                            select id from config_entry
                            where domain in (:domains) and disabled_by is null and source <> 'ignore'
                                and (state = 'setup_retry'
                                    or state = 'setup_error' and refused_since is null
                                    or state = 'setup_in_progress' and hold is not null)
                            order by id for update
                        )
                        update config_entry e set
                            due_at = :now,
                            reload_wanted = case when hold is null then reload_wanted else reload_wanted + 1 end
                        from failed where e.id = failed.id
                        """)
                .setParameter("domains", domains)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Adds an entry, unless its integration has one of the same unique id. Waits for one that is just being added. */
    boolean insert(EntryEntity entry) {
        return getEntityManager()
                        .createNativeQuery("""
                        insert into config_entry (id, domain, unique_id, title, source, version, minor_version, sealed, key_id,
                            pref_disable_new_entities, pref_disable_polling, created_at, modified_at, state, tries, due_at,
                            suspect, reload_wanted)
                        values (:id, :domain, cast(:uniqueId as text), :title, :source, :version, :minorVersion, :sealed,
                            :keyId, false, false, :now, :now, :state, 0, cast(:dueAt as timestamptz), false, 0)
                        on conflict (domain, unique_id) do nothing
                        """)
                        .setParameter("id", entry.id)
                        .setParameter("domain", entry.domain)
                        .setParameter("uniqueId", entry.uniqueId)
                        .setParameter("title", entry.title)
                        .setParameter("source", entry.source)
                        .setParameter("version", entry.version)
                        .setParameter("minorVersion", entry.minorVersion)
                        .setParameter("sealed", entry.sealed)
                        .setParameter("keyId", entry.keyId)
                        .setParameter("now", entry.createdAt)
                        .setParameter("state", entry.state)
                        .setParameter("dueAt", entry.dueAt)
                        .executeUpdate()
                == 1;
    }
}
