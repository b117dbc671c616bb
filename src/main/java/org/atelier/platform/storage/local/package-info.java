/** Stored objects in a folder of this machine. */
package org.atelier.platform.storage.local;
