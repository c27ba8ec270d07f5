package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.TaskOutcome;

/** How the task of a flow has ended; null when nobody knows, because who ran it has died. */
record TaskEnd(String flowId, TaskOutcome outcome) {}
