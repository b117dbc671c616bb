package org.atelier.learning.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.ItemDeleted;
import org.atelier.labeling.JobEvents;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.Sha256;
import org.atelier.platform.evidence.SignedJson;
import org.atelier.platform.keys.KeyPurpose;
import org.atelier.platform.keys.KeyRing;
import org.atelier.platform.keys.Keys;

/** Issues certificates when jobs complete and keeps them. */
@ApplicationScoped
public class Certificates {

  private final CertificateRepository repository;
  private final CertificateWriter writer;
  private final ObjectMapper json;
  private final KeyRing keys;
  private final AuditTrail audit;
  private final Clock clock;

  Certificates(
      CertificateRepository repository,
      CertificateWriter writer,
      ObjectMapper json,
      Keys keys,
      AuditTrail audit,
      Clock clock) {
    this.repository = repository;
    this.writer = writer;
    this.json = json.copy().enable(SerializationFeature.INDENT_OUTPUT);
    this.keys = keys.ring(KeyPurpose.EVIDENCE);
    this.audit = audit;
    this.clock = clock;
  }

  /** The certificate of a job, empty before it is completed. */
  @Transactional
  public Optional<CertificateView> find(UUID projectId, UUID jobId) {
    return repository.find(projectId, jobId).map(view -> view.checked(check(projectId, jobId)));
  }

  private SignedJson.Check check(UUID projectId, UUID jobId) {
    try {
      return SignedJson.check(repository.document(projectId, jobId).orElseThrow(), keys);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A certificate cannot be read", e);
    }
  }

  /** The certificate's signed JSON, exactly the characters its digest is of. */
  @Transactional
  public Optional<String> document(UUID projectId, UUID jobId) {
    return repository.document(projectId, jobId);
  }

  /** Issues the certificate in the transaction that completes the job. */
  void issue(@Observes JobEvents.JobCompleted event) {
    Certificate certificate =
        writer.write(event.projectId(), event.jobId(), event.datasetVersion(), clock.instant());
    String document = signed(certificate);
    String digest = Sha256.of(document);
    repository.insert(event.projectId(), event.jobId(), document, digest, clock.instant());
    audit.record(
        event.projectId(),
        "certificate-issued",
        "job",
        event.jobId(),
        Map.of("digest", digest, "state", certificate.guarantee().state().name()));
  }

  /** Joins the transaction that deletes. */
  void deleted(@Observes ItemDeleted event) {
    repository.gone(event.datasetId(), event.itemIds().toArray(UUID[]::new), clock.instant());
  }

  private String signed(Certificate certificate) {
    ObjectNode document = json.valueToTree(certificate);
    SignedJson.sign(document, keys.current());
    try {
      return json.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A certificate cannot be written as JSON", e);
    }
  }
}
