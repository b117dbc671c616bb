/** Learners: from human labels and features to probabilities, held-out ones included. */
package org.atelier.learning.model;
