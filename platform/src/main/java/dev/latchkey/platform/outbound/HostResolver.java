package dev.latchkey.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host name into addresses. It may block; it is never called on an event loop. */
@FunctionalInterface
public interface HostResolver {

    /** The resolver of the operating system. */
    HostResolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

    /**
     * @param name a DNS name in lower case without the root's dot; never an IP literal
     * @return every A and AAAA answer, in the order to prefer
     * @throws UnknownHostException if there is none
     */
    List<InetAddress> resolve(String name) throws UnknownHostException;
}
