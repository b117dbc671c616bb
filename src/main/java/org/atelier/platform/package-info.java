/** Technical shared kernel; knows no feature. */
package org.atelier.platform;
