/**
 * The demo: a project with the bundled datasets and jobs that are ready to work on. Owns the schema
 * {@code home}.
 */
package org.atelier.home.demo;
