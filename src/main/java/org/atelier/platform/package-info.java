/**
 * The technical kernel every feature stands on: clock, ids, problems, paging, object store, durable
 * work, events outbox, audit trail and the ports for identity and permission. It knows no feature.
 */
package org.atelier.platform;
