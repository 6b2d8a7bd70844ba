/** The training job: rows and an encoder in, an evaluated release in object storage out. */
package org.scibert.training;

