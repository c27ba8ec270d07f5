package dev.latchkey.local.checker.workload;

import dev.latchkey.local.connection.Device;
import java.util.List;

/** The accounts of the device. Few, so that clients meet. */
final class Accounts {
    static final List<String> NAMES = List.of("ada", "bob", "cora", "dan", "eve", "finn", "gil", "hana", "ivo", "jule");

    private Accounts() {}

    /** Makes them on the device. */
    static void make(Device device) throws Exception {
        for (var name : NAMES) {
            device.changeToken(name, EntryClients.token(name));
        }
    }
}
