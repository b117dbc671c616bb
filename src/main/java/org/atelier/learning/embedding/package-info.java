/**
 * Embeddings that somebody computed elsewhere, brought by external id: read from uploaded files,
 * kept in the object store per dataset, offered to jobs as features.
 */
package org.atelier.learning.embedding;
