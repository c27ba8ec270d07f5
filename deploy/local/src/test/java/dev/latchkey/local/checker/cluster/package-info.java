/** A platform with two of each service whose processes and links can be broken one by one. */
package dev.latchkey.local.checker.cluster;
