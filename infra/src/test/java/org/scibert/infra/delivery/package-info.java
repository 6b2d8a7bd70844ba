/** The workflows and the scripts that they call. */
package org.scibert.infra.delivery;
