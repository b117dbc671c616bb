/**
 * The one door through which the installation fetches addresses that people typed: names are
 * resolved once, checked and pinned, so that no address leads into the own network.
 */
package org.atelier.platform.egress;
