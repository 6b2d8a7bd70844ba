/** The state machine, interpreted. */
package org.scibert.infra.screening;
