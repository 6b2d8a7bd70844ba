/**
 * Releases: folders of files with a manifest in an object store, and the pointer to the one in service.
 *
 * <pre>
 * NAME/current.json                      the {@link org.scibert.release.Pointer}, moved by compare and swap
 * NAME/candidate.json                    the {@link org.scibert.release.Candidate} on trial beside it, moved likewise
 * NAME/releases/VERSION/model.safetensors and other files, written once
 * NAME/releases/VERSION/manifest.sig     the manifest's signature, if it is signed
 * NAME/releases/VERSION/manifest.json    the {@link org.scibert.release.Manifest}, written last
 * </pre>
 *
 * <p>A version without a manifest does not exist: a publication that fails leaves files that nothing opens.
 * {@link org.scibert.release.Releases} is the way in; it stores through {@link org.scibert.store.ObjectStore} and signs
 * through {@link org.scibert.signing.Signatures}.
 *
 * <p>Knows names, digests and versions; does not know what is in the files.
 */
package org.scibert.release;
