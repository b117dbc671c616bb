/** Pages and exports of the append-only audit trail. */
package org.atelier.platform.audit;
