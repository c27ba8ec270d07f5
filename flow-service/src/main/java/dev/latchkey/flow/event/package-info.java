/** Owns the topic of entries: tells other services what happens to them and to flows, without anything secret. */
package dev.latchkey.flow.event;
