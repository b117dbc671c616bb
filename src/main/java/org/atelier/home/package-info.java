/** Navigation, the start page and the command line: the one feature that may use all others. */
package org.atelier.home;
