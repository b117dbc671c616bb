/** Matrices on the native multiply. */
package org.atelier.learning.numeric;
