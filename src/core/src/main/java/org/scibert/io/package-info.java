/**
 * Files and JSON, as the rest of the code needs them: files that appear whole or not at all, folders that are deleted
 * whole, SHA-256, one strict JSON mapper.
 *
 * <p>Knows no releases and no object stores.
 */
package org.scibert.io;
