/**
 * The stacks: what the account holds, in which order it is deployed and how the templates are written.
 *
 * <p>Names are fixed and share one prefix ({@link org.scibert.infra.Names}), so that stacks refer to each other by name
 * and not by CloudFormation exports, and a policy can say "this project's" in a pattern. Roles are made by the stacks
 * that an administrator deploys; nothing that GitHub may do creates or changes a role.
 *
 * <p>Not here: the images' contents, and what is in the buckets.
 */
package org.scibert.infra;
