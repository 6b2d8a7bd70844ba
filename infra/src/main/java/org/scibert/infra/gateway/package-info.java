/**
 * An address for callers without AWS credentials: a gateway that looks at the tokens of an identity provider and passes
 * the request on to the function's alias. An administrator deploys it.
 */
package org.scibert.infra.gateway;
