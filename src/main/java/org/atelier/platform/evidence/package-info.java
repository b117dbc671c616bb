/**
 * Evidence that carries the installation's signature: JSON documents signed with the evidence key,
 * and the command that checks them.
 */
package org.atelier.platform.evidence;
