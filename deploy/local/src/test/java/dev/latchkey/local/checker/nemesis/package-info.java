/** Breaks the cluster, one thing after the other and sometimes two at once, and repairs it. */
package dev.latchkey.local.checker.nemesis;
