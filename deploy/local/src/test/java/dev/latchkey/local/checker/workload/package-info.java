/** Clients that use the platform while it is being broken, and write down what they are told. */
package dev.latchkey.local.checker.workload;
