package dev.latchkey.flow.progress;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of the table of flows. Changed by statements that say under which condition, never by being changed. */
@Entity(name = "Flow")
@Table(name = "flow")
class FlowEntity {

    @Id
    String id;

    String domain;

    String handler;

    String source;

    @Column(name = "entry_id")
    String entryId;

    @Column(name = "unique_id")
    String uniqueId;

    @Column(name = "holds_id")
    boolean holdsId;

    String context;

    @Column(name = "step_id")
    String stepId;

    @Column(name = "sealed_state")
    String sealedState;

    @Column(name = "key_id")
    String keyId;

    long revision;

    @Column(name = "busy_by")
    String busyBy;

    @Column(name = "busy_until")
    Instant busyUntil;

    @Column(name = "callback_hash")
    byte[] callbackHash;

    @Column(name = "task_by")
    String taskBy;

    @Column(name = "task_until")
    Instant taskUntil;

    boolean ended;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "expires_at")
    Instant expiresAt;
}
