/**
 * What the builder of the native executable must be told in Java; the JVM never loads it. The rest is in
 * {@code META-INF/native-image}, here and in the core.
 */
package org.scibert.function.executable;
