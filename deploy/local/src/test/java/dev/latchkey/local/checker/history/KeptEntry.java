package dev.latchkey.local.checker.history;

/**
 * An entry that is in the database when everything is over.
 *
 * @param id of the entry
 * @param domain of its integration
 * @param account its unique id
 * @param title its title
 */
public record KeptEntry(String id, String domain, String account, String title) {}
