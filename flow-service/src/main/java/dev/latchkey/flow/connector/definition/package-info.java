/**
 * Owns what an integration is once its file was read: its form, its connection test, and what the test's answers mean. Pure: it
 * neither reads files nor connects.
 */
package dev.latchkey.flow.connector.definition;
