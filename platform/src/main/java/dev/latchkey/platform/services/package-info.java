/** Owns where the services of one deployment find each other, and by what they know each other. */
package dev.latchkey.platform.services;
