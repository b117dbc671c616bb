/**
 * The delivering side of the events outbox: a feed for scripts and sinks inside the application.
 */
package org.atelier.platform.events;
