/**
 * The pool of a job as numbers: features of a dataset's items, computed once, kept in the object
 * store as compact files and mapped into memory by every round. Owns {@code learning.feature_*}.
 */
package org.atelier.learning.pool;
