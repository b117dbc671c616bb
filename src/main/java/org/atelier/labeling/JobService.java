package org.atelier.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.VersionView;
import org.atelier.labeling.queue.JobQueue;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Ids;
import org.atelier.platform.Outbox;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Slice;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkState;

/** Jobs: created, changed and moved through their states. */
@ApplicationScoped
class JobService implements Jobs {

  private static final String SUBJECT = "job";

  private final JobRepository jobs;
  private final JobListRepository list;
  private final Datasets datasets;
  private final JobQueue queue;
  private final JobChecks checks;
  private final JobCopies copies;
  private final WorkService works;
  private final AuditTrail audit;
  private final Outbox outbox;
  private final Event<Object> events;
  private final CurrentPerson currentPerson;
  private final Clock clock;

  JobService(
      JobRepository jobs,
      JobListRepository list,
      Datasets datasets,
      JobQueue queue,
      JobChecks checks,
      JobCopies copies,
      WorkService works,
      AuditTrail audit,
      Outbox outbox,
      Event<Object> events,
      CurrentPerson currentPerson,
      Clock clock) {
    this.jobs = jobs;
    this.list = list;
    this.datasets = datasets;
    this.queue = queue;
    this.checks = checks;
    this.copies = copies;
    this.works = works;
    this.audit = audit;
    this.outbox = outbox;
    this.events = events;
    this.currentPerson = currentPerson;
    this.clock = clock;
  }

  @Override
  @Transactional
  public JobView create(UUID projectId, JobSettings settings) {
    return create(projectId, new JobCopies.Copy(settings, null), null);
  }

  private JobView create(UUID projectId, JobCopies.Copy made, JobView original) {
    UUID id = Ids.next();
    JobSettings settings = made.settings();
    JobSettings standing = original == null ? null : original.settings();
    JobChecks.Basis basis = checks.check(projectId, id, settings, standing, false);
    UUID creator = currentPerson.get().map(Person::id).orElse(null);
    JobView draft =
        new JobView(
            id,
            projectId,
            0,
            JobState.DRAFT,
            made.note(),
            now(),
            settings,
            basis.kind(),
            basis.items(),
            id.getLeastSignificantBits() ^ id.getMostSignificantBits(),
            null,
            null,
            original == null ? null : original.id(),
            creator,
            now(),
            null,
            null);
    jobs.insert(draft);
    audit.record(projectId, "job-created", SUBJECT, id, Map.of("title", settings.title()));
    return job(id);
  }

  @Override
  @Transactional
  public JobView copy(UUID projectId, UUID jobId, String title) {
    JobView original = job(projectId, jobId);
    return create(projectId, copies.of(original, title), original);
  }

  @Override
  @Transactional
  public JobView change(UUID projectId, UUID jobId, int revision, JobSettings settings) {
    JobView job = locked(projectId, jobId);
    if (job.revision() != revision) {
      throw new ProblemException(
          LabelingProblem.JOB_CHANGED,
          "Somebody changed the job while you did. Reload it, then make your change again.",
          Map.of("revision", job.revision()));
    }
    if (job.state().isFinished() || job.state() == JobState.COMPLETING) {
      throw JobRefusals.state(job.state(), "changed");
    }
    if (job.state() != JobState.DRAFT) {
      FrozenParts.requireKept(job.settings(), settings);
    }
    boolean draft = job.state() == JobState.DRAFT;
    JobChecks.Basis basis = checks.check(projectId, jobId, settings, job.settings(), !draft);
    jobs.change(jobId, settings, basis.kind(), basis.items(), draft);
    audit.record(projectId, "job-changed", SUBJECT, jobId, Map.of("title", settings.title()));
    return job(jobId);
  }

  @Override
  @Transactional
  public JobView job(UUID projectId, UUID jobId) {
    return jobs.find(jobId)
        .filter(job -> job.projectId().equals(projectId))
        .orElseThrow(JobService::unknown);
  }

  @Override
  @Transactional
  public JobView job(UUID jobId) {
    return jobs.find(jobId).orElseThrow(JobService::unknown);
  }

  @Override
  @Transactional
  public Slice<JobRow> jobs(UUID projectId, String cursor, int limit) {
    return list.page(projectId, cursor, limit);
  }

  @Override
  @Transactional
  public List<JobLabels> labels(UUID projectId, Collection<UUID> jobIds) {
    return list.labels(projectId, jobIds);
  }

  @Override
  @Transactional
  public JobView start(UUID projectId, UUID jobId) {
    JobView job = move(projectId, jobId, JobState.RUNNING, JobState.DRAFT, "Started.");
    if (!job.settings().learning().enabled()) {
      queue.askInOrder(jobId);
    }
    tell("job-started", new JobEvents.JobStarted(projectId, jobId), job);
    queue.announce(jobId);
    return job(jobId);
  }

  @Override
  @Transactional
  public JobView pause(UUID projectId, UUID jobId, String reason) {
    JobView job = move(projectId, jobId, JobState.PAUSED, JobState.RUNNING, reason);
    tell("job-paused", new JobEvents.JobPaused(projectId, jobId, reason), job);
    return job;
  }

  @Override
  @Transactional
  public JobView resume(UUID projectId, UUID jobId, String reason) {
    JobView before = locked(projectId, jobId);
    if (before.state() == JobState.PAUSED && queue.isBudgetUsed(jobId)) {
      throw new ProblemException(
          LabelingProblem.JOB_STATE,
          "The budget of answers is used. Raise it in the settings first, or complete the job.");
    }
    JobView job =
        move(
            projectId,
            jobId,
            JobState.RUNNING,
            JobState.PAUSED,
            reason == null || reason.isBlank() ? "Resumed." : reason);
    tell("job-resumed", new JobEvents.JobResumed(projectId, jobId), job);
    queue.announce(jobId);
    return job;
  }

  @Override
  @Transactional
  public JobView complete(UUID projectId, UUID jobId, String reason) {
    JobView before = locked(projectId, jobId);
    if (before.state() == JobState.FAILED) {
      throw JobRefusals.move(before.state(), JobState.COMPLETING, null);
    }
    JobView job = move(projectId, jobId, JobState.COMPLETING, null, reason);
    works.submit(Completion.of(job));
    return job;
  }

  @Override
  @Transactional
  public JobView stop(UUID projectId, UUID jobId, String reason) {
    JobView job = move(projectId, jobId, JobState.STOPPED, null, reason);
    queue.close(jobId);
    tell("job-stopped", new JobEvents.JobStopped(projectId, jobId, JobState.STOPPED, reason), job);
    return job;
  }

  @Override
  @Transactional
  public JobView fail(UUID projectId, UUID jobId, UUID workId, String reason) {
    JobView job = locked(projectId, jobId);
    if (!job.state().mayBecome(JobState.FAILED)) {
      return job;
    }
    jobs.setFailure(jobId, new JobRepository.Failure(job.state(), workId));
    JobView failed = move(projectId, jobId, JobState.FAILED, null, reason);
    tell("job-failed", new JobEvents.JobFailed(projectId, jobId, reason), failed);
    return failed;
  }

  @Override
  @Transactional
  public JobView retry(UUID projectId, UUID jobId, String reason) {
    UUID failed = jobs.failure(job(projectId, jobId).id()).failedWork();
    JobView job =
        goOn(projectId, jobId, reason == null || reason.isBlank() ? "Tried again." : reason);
    boolean repeatable =
        works.find(failed).filter(one -> one.state() != WorkState.DONE).isPresent();
    works.retry(failed);
    if (job.state() == JobState.COMPLETING && !repeatable) {
      works.submit(Completion.of(job));
    }
    return job;
  }

  @Override
  @Transactional
  public JobView takeUp(UUID jobId, UUID workId) {
    JobView job = jobs.lock(jobId).orElseThrow(JobService::unknown);
    return job.state() == JobState.FAILED && workId.equals(jobs.failure(jobId).failedWork())
        ? goOn(job.projectId(), jobId, "The failed step is tried again.")
        : job;
  }

  private JobView goOn(UUID projectId, UUID jobId, String reason) {
    JobState from = jobs.failure(jobId).failedFrom();
    JobState to = from == JobState.COMPLETING ? JobState.COMPLETING : JobState.RUNNING;
    JobView job = move(projectId, jobId, to, JobState.FAILED, reason);
    if (to == JobState.RUNNING) {
      tell("job-resumed", new JobEvents.JobResumed(projectId, jobId), job);
      queue.announce(jobId);
    }
    return job;
  }

  /** Completing → completed, with the dataset version that has the labels. */
  @Transactional
  void completed(UUID jobId, int version) {
    JobView job = job(jobId);
    jobs.setResult(jobId, version);
    move(job.projectId(), jobId, JobState.COMPLETED, JobState.COMPLETING, job.stateReason());
    queue.close(jobId);
    tell("job-completed", new JobEvents.JobCompleted(job.projectId(), jobId, version), job);
  }

  @Override
  @Transactional
  public int askAgain(UUID projectId, UUID jobId) {
    JobView job = locked(projectId, jobId);
    if (!job.state().takesAnswers()) {
      throw JobRefusals.state(job.state(), "asked about again");
    }
    int asked = queue.askAgain(jobId);
    audit.record(projectId, "job-asked-again", SUBJECT, jobId, Map.of("items", asked));
    if (asked > 0 && job.state() == JobState.RUNNING) {
      queue.announceAgain(jobId);
    }
    return asked;
  }

  @Override
  @Transactional
  public JobView takeVersion(UUID projectId, UUID jobId, int datasetVersion) {
    JobView job = locked(projectId, jobId);
    if (!job.state().takesAnswers()) {
      throw JobRefusals.state(job.state(), "given new items");
    }
    if (datasetVersion <= job.settings().datasetVersion()) {
      throw ProblemException.invalid(
          "datasetVersion", "Choose a version newer than " + job.settings().datasetVersion() + ".");
    }
    VersionView version = datasets.version(projectId, job.settings().datasetId(), datasetVersion);
    jobs.setVersion(jobId, datasetVersion, version.itemCount() - version.erasedCount());
    if (!job.settings().learning().enabled() || job.byHandReason() != null) {
      queue.askOnInOrder(jobId);
      if (job.state() == JobState.RUNNING) {
        queue.announceAgain(jobId);
      }
    }
    audit.record(projectId, "job-took-version", SUBJECT, jobId, Map.of("version", datasetVersion));
    tell("job-took-version", new JobEvents.JobTookVersion(projectId, jobId, datasetVersion), job);
    return job(jobId);
  }

  @Override
  @Transactional
  public JobView runByHand(UUID projectId, UUID jobId, String why) {
    JobView job = locked(projectId, jobId);
    if (!job.state().takesAnswers()) {
      throw JobRefusals.state(job.state(), "run by hand");
    }
    jobs.setByHand(jobId, why);
    queue.askInOrder(jobId);
    if (job.state() == JobState.RUNNING) {
      queue.announce(jobId);
    }
    audit.record(projectId, "job-by-hand", SUBJECT, jobId, Map.of("reason", why));
    return job(jobId);
  }

  private JobView move(UUID projectId, UUID jobId, JobState to, JobState onlyFrom, String reason) {
    JobView job = locked(projectId, jobId);
    boolean allowed = job.state().mayBecome(to) && (onlyFrom == null || job.state() == onlyFrom);
    String state = to.name().toLowerCase(Locale.ROOT);
    if (!allowed) {
      throw JobRefusals.move(job.state(), to, onlyFrom);
    }
    String words = reason == null || reason.isBlank() ? "No reason was given." : reason.strip();
    jobs.setState(jobId, to, words.substring(0, Math.min(1_000, words.length())), now());
    audit.record(
        projectId,
        "job-" + state,
        SUBJECT,
        jobId,
        Map.of("title", job.settings().title(), "from", job.state().name(), "reason", words));
    return job(jobId);
  }

  private void tell(String type, Object event, JobView job) {
    outbox.publish(job.projectId(), type, job.id(), event);
    events.fire(event);
  }

  private JobView locked(UUID projectId, UUID jobId) {
    return jobs.lock(jobId)
        .filter(one -> one.projectId().equals(projectId))
        .orElseThrow(JobService::unknown);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static ProblemException unknown() {
    return new ProblemException(LabelingProblem.JOB_NOT_FOUND, "The project has no such job.");
  }
}
