/**
 * People, their accounts and sessions, projects and who may do what in them. Owns the tables of the
 * schema {@code workforce}; implements the platform's identity ports. May use: platform.
 */
package org.atelier.workforce;
