/** Stored objects in Amazon S3 or anything that speaks its protocol. */
package org.atelier.platform.storage.aws;
