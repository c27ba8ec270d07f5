package dev.latchkey.auth.user;

import java.util.List;

/** What to change of a user; a field that is null stays as it is. */
public record UserChange(String name, Boolean active, List<String> groups, Boolean localOnly) {}
