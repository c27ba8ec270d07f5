package dev.latchkey.platform.net;

import java.net.InetAddress;

/**
 * Where a client is.
 *
 * @param address the client's, or that of the nearest to it who is known; not null
 * @param local whether the client is in the local network: its address is, and nobody is known to be behind it
 */
public record ClientAddress(InetAddress address, boolean local) {}
