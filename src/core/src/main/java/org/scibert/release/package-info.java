/**
 * Releases: a folder of files with a manifest, in an object storage, and the one pointer that moves.
 *
 * <p>Knows names, digests and versions; does not know what is in the files.
 */
package org.scibert.release;
