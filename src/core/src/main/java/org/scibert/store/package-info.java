/**
 * Object stores: {@link org.scibert.store.ObjectStore} with its implementations for folders ({@code file:}) and S3
 * ({@code s3:}), both with conditional writes. {@link org.scibert.store.ObjectStores#open} picks one by its URI;
 * {@link org.scibert.store.PatientStore} waits for one that is away.
 *
 * <p>Knows keys and bytes; does not know releases.
 */
package org.scibert.store;
