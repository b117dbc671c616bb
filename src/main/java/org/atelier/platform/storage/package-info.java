/**
 * Keeps bytes by their digest: in a local folder or in S3, single or packed together, with garbage
 * collection of what nothing names any more.
 */
package org.atelier.platform.storage;
