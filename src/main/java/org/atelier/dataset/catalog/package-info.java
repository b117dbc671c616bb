/**
 * What is in the datasets: items, versions, pictures, labels that came back, and what deletions
 * left. Public types are for the other parts of the feature only.
 */
package org.atelier.dataset.catalog;
