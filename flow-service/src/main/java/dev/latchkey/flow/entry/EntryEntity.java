package dev.latchkey.flow.entry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity(name = "Entry")
@Table(name = "config_entry")
class EntryEntity {
    @Id
    String id;

    @Column(insertable = false, updatable = false)
    long position;

    String domain;

    @Column(name = "unique_id")
    String uniqueId;

    String title;

    String source;

    int version;

    @Column(name = "minor_version")
    int minorVersion;

    String sealed;

    @Column(name = "key_id")
    String keyId;

    @Column(name = "disabled_by")
    String disabledBy;

    @Column(name = "pref_disable_new_entities")
    boolean newEntitiesDisabled;

    @Column(name = "pref_disable_polling")
    boolean pollingDisabled;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "modified_at")
    Instant modifiedAt;

    String state;

    String reason;

    int tries;

    @Column(name = "due_at")
    Instant dueAt;

    @Column(name = "refused_since")
    Instant refusedSince;

    boolean suspect;

    @Column(name = "report_tested_at")
    Instant reportTestedAt;

    @Column(name = "reload_wanted")
    int reloadWanted;

    @Column(name = "reload_flow_id")
    String reloadFlowId;

    String owner;

    String hold;

    EntrySummary summary() {
        return new EntrySummary(
                id,
                domain,
                title,
                uniqueId,
                source,
                EntryState.of(state),
                reason,
                disabledBy,
                newEntitiesDisabled,
                pollingDisabled,
                createdAt,
                modifiedAt);
    }

    Life life() {
        return new Life(EntryState.of(state), reason, tries, dueAt, refusedSince, suspect);
    }

    void life(Life life) {
        state = life.state().wireName();
        reason = life.reason();
        tries = life.tries();
        dueAt = life.dueAt();
        refusedSince = life.refusedSince();
        suspect = life.suspect();
    }

    /** Tells whether nobody wants it to work. */
    boolean atRest() {
        return disabledBy != null || Entry.IGNORED.equals(source);
    }
}
