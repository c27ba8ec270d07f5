/**
 * Whether what Latchkey promises holds while everything breaks: clients, a nemesis, a history, and rules that it is judged by, in
 * the manner of Jepsen.
 */
package dev.latchkey.local.checker;
