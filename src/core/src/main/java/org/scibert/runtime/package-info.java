/** Settings of the native libraries' Java side that every process of ours shares. */
package org.scibert.runtime;
