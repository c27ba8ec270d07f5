/**
 * Owns what a form is: its fields and selectors, how they are described to clients, and how what a person enters is checked.
 * Knows nothing of flows.
 */
package dev.latchkey.flow.form;
