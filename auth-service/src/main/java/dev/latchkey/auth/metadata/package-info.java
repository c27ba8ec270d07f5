/** Owns the documents under {@code /.well-known/} from which clients learn what there is and where. */
package dev.latchkey.auth.metadata;
