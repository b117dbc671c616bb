/** Features of items: learned from the job's own pool, from text, or imported. */
package org.atelier.learning.feature;
