/**
 * Ed25519 signatures of manifests, the settings that hold the private key and the trusted public keys, and the digests
 * of the keys that callers show.
 *
 * <p>Knows keys and bytes; does not know what is signed.
 */
package org.scibert.signing;
