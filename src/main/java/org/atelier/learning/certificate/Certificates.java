package org.atelier.learning.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.ItemDeleted;
import org.atelier.labeling.JobEvents;
import org.atelier.platform.AuditTrail;

/** Issues certificates when jobs complete and keeps them. */
@ApplicationScoped
public class Certificates {

  private final CertificateRepository repository;
  private final CertificateWriter writer;
  private final ObjectMapper json;
  private final AuditTrail audit;
  private final Clock clock;

  Certificates(
      CertificateRepository repository,
      CertificateWriter writer,
      ObjectMapper json,
      AuditTrail audit,
      Clock clock) {
    this.repository = repository;
    this.writer = writer;
    this.json = json.copy().enable(SerializationFeature.INDENT_OUTPUT);
    this.audit = audit;
    this.clock = clock;
  }

  /** The certificate of a job, empty before it is completed. */
  @Transactional
  public Optional<CertificateView> find(UUID projectId, UUID jobId) {
    return repository.find(projectId, jobId);
  }

  /** The certificate's JSON, exactly the characters its digest is of. */
  @Transactional
  public Optional<String> document(UUID projectId, UUID jobId) {
    return repository.document(projectId, jobId);
  }

  /** Issues the certificate in the transaction that completes the job. */
  void issue(@Observes JobEvents.JobCompleted event) {
    Certificate certificate =
        writer.write(event.projectId(), event.jobId(), event.datasetVersion(), clock.instant());
    String document = text(certificate);
    String digest = sha256(document);
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

  private String text(Certificate certificate) {
    try {
      return json.writeValueAsString(certificate);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A certificate cannot be written as JSON", e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
