/**
 * The environment variables of the function: read, stripped, held against their ranges, and refused at the start by
 * name; and the settings of Quarkus that follow from them.
 *
 * <p>Each package that is set by variables has a record of its own for them; nothing here knows what they mean.
 */
package org.scibert.function.settings;
