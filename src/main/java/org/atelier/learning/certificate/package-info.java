/**
 * The certificate of a finished job: what was labelled by whom, what is promised and how it was
 * checked. Owns {@code learning.certificate}.
 */
package org.atelier.learning.certificate;
