/** auth-service: signs people in, lets them authorize apps known by their web address, issues tokens and takes them back. */
package dev.latchkey.auth;
