package dev.latchkey.flow.connector.definition;

import com.fasterxml.jackson.core.JsonPointer;

/**
 * Whose account or which device answered.
 *
 * @param uniqueId where the answer names it (RFC 6901); null when the product has nothing like it, then {@code per} is not null
 * @param per the field with the address, when the name is unique on one server only; null when it is unique everywhere
 * @param title where the answer has a title for people; null for the connector's name
 */
public record AccountDefinition(JsonPointer uniqueId, String per, JsonPointer title) {}
