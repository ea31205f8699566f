/**
 * The check that stands between a new version of the functions and the people who use them.
 *
 * <p>CodeDeploy runs {@link io.quantchat.release.PreTrafficCheck} before it moves any traffic, and
 * leaves everything as it is unless told that the check has succeeded.
 */
package io.quantchat.release;
