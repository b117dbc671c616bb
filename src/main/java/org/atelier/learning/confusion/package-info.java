/** Where people and a model differ, as a matrix of bounded size. Pure: no clock, no storage. */
package org.atelier.learning.confusion;
