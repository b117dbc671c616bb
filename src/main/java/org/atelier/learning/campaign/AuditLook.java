package org.atelier.learning.campaign;

import org.atelier.learning.certify.AuditReport;

/**
 * How an audit stands at a look: judged as the campaign judges it, so that what is shown of an
 * audit that accepted labels is what accepted them.
 *
 * @param audit the audit with every outcome known by now
 * @param report its candidate sets, without the candidates that people labelled themselves
 */
public record AuditLook(CampaignState.AuditInProgress audit, AuditReport report) {

  /** Looks at an audit with everything people have said. */
  public static AuditLook at(CampaignState.AuditInProgress audit, Evidence evidence) {
    CampaignState.AuditInProgress answered = AuditTurn.answered(audit, evidence);
    return new AuditLook(answered, AuditTurn.look(answered, evidence));
  }
}
