/**
 * The function behind its HTTPS address: the Lambda, its alias and how a new version takes over, and what watches it.
 * GitHub deploys it; it holds no role.
 */
package org.scibert.infra.service;
