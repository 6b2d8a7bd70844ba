/**
 * What must be there before an image can be pushed or a workflow can sign in: buckets, container repositories, the
 * topic and the budget, and the roles of GitHub, of CloudFormation and of the function. An administrator deploys it;
 * GitHub can't, because it holds the roles that say what GitHub may do.
 */
package org.scibert.infra.foundation;
