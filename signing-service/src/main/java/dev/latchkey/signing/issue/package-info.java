/** Owns the call by which somebody has a link made, and who may (decisions S1 and S8). */
package dev.latchkey.signing.issue;
