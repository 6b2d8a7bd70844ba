package org.scibert.training.encoder;

import java.nio.file.Path;

/**
 * A repository's files at one commit, complete.
 *
 * @param commit 40 hexadecimal digits
 * @param folder with the files
 */
record HubSnapshot(String commit, Path folder) {}
