package org.atelier.learning.certificate;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.LabelEvidence;
import org.atelier.labeling.JobNumbers;

/** Tells exports what a job's labels rest on. */
@Singleton
class CertifiedLabels implements LabelEvidence {

  private static final String PATH = "/api/v1/projects/%s/jobs/%s/learning/certificate.json";

  private final JobNumbers numbers;
  private final Certificates certificates;

  CertifiedLabels(JobNumbers numbers, Certificates certificates) {
    this.numbers = numbers;
    this.certificates = certificates;
  }

  /** Of jobs, which are the only sources of labels. */
  @Override
  public Optional<About> of(UUID projectId, UUID jobId) {
    Issued issued =
        certificates
            .find(projectId, jobId)
            .map(
                view ->
                    new Issued(
                        PATH.formatted(projectId, jobId),
                        view.document().sentence(),
                        view.digest()))
            .orElse(null);
    return Optional.of(
        new About(numbers.progress(jobId).answers(), numbers.simulatedAnswers(jobId), issued));
  }
}
