/**
 * Which items people should label next: one class per published strategy behind one port. Pure: no
 * database, no network, no clock; chance is an argument.
 */
package org.atelier.learning.sampling;
