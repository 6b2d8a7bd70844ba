/**
 * Ed25519 signatures of manifests, and the settings that hold the private key and the trusted public keys.
 *
 * <p>Knows keys and bytes; does not know what is signed.
 */
package org.scibert.signing;
