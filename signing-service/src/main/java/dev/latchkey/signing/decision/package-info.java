/**
 * Owns the answer to gateways: may this request pass? Three dialects ask, one core decides, and what nobody allowed is denied
 * (decisions S6 and S7). Reads only the headers of the dialect that was spoken, and the credential.
 */
package dev.latchkey.signing.decision;
