/** Campaigns with simulated people on data whose labels are known. */
package org.atelier.learning.simulate;
