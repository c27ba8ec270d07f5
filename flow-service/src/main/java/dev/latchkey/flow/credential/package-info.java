/** Owns the one way by which credentials of entries leave the service: to workers that use them. */
package dev.latchkey.flow.credential;
