/**
 * Named tensors on disk in the safetensors format, written without holes and read through a memory map.
 *
 * <p>Weights are data: nothing read here can run code. What the tensors mean is the business of
 * {@link org.scibert.network}.
 */
package org.scibert.weights;
