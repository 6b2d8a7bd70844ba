/**
 * The one configuration record, where its values come from, and which combinations are refused.
 *
 * <p>Nothing here knows CDK; whatever passes these constructors can be synthesized.
 */
package org.scibert.infra.config;
