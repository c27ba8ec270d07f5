package dev.latchkey.platform.outbound;

import dev.latchkey.platform.net.ClientNetwork;

/**
 * For whom a request is made, and how much depends on it.
 *
 * @param network whose share it is counted against, not null
 * @param essential whether the client gets nowhere without the answer; a request that is not may be made only while less than
 *     half of all requests allowed are under way
 */
public record OnBehalfOf(ClientNetwork network, boolean essential) {}
