/** What happened in a run: who asked what and was told what, which faults there were, what was published, what is left. */
package dev.latchkey.local.checker.history;
