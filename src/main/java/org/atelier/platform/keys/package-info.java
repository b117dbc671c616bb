/**
 * The installation's secret keys, each for one purpose and with an id, so that they can be changed
 * while what older ones made stays valid.
 */
package org.atelier.platform.keys;
