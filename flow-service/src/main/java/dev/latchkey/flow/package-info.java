/** flow-service: connects accounts and devices, keeps one entry for each, and heals connections whose credentials die. */
package dev.latchkey.flow;
