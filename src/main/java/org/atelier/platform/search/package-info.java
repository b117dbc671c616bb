/** Jumping to anything by name or id. */
package org.atelier.platform.search;
