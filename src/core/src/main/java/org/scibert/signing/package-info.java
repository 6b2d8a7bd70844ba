/**
 * Ed25519 signatures: the private key that releases are signed with and the public keys that are trusted, as settings
 * give them.
 *
 * <p>Knows keys and bytes; does not know what is signed.
 */
package org.scibert.signing;
