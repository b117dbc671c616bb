/**
 * What an installation consists of before the server runs: its configuration, its data directory
 * and its database, brought along or given.
 */
package org.atelier.platform.installation;
