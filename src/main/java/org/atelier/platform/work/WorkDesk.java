package org.atelier.platform.work;

import jakarta.enterprise.context.RequestScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.Slice;

/** What the current person may see of machine work, and do to it. */
@RequestScoped
class WorkDesk {

  private static final Role[] SEES = {
    Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN
  };
  private static final Role[] STEERS = {Role.MANAGER, Role.ADMIN};
  private static final int MOST_LINES = 500;

  private final WorkService work;
  private final Access access;
  private final CurrentPerson currentPerson;
  private final AuditTrail audit;

  WorkDesk(WorkService work, Access access, CurrentPerson currentPerson, AuditTrail audit) {
    this.work = work;
    this.access = access;
    this.currentPerson = currentPerson;
    this.audit = audit;
  }

  Slice<WorkRow> list(String cursor, int size) {
    Slice<WorkView> slice = work.list(projects(), administrator(), cursor, size);
    return new Slice<>(slice.rows().stream().map(this::row).toList(), slice.next());
  }

  Slice<WorkView> list(UUID projectId, String cursor, int size) {
    access.require(projectId, SEES);
    return work.list(List.of(projectId), false, cursor, size);
  }

  /** The unfinished works the person may see, at most {@code most}. */
  List<WorkView> unfinished(int most) {
    return work.list(projects(), administrator(), null, most).rows().stream()
        .filter(view -> !view.state().finished())
        .toList();
  }

  int countUnfinished() {
    return work.countUnfinished(projects(), administrator());
  }

  /**
   * A work the person may see.
   *
   * @throws ProblemException NOT_FOUND when absent or not the person's
   */
  WorkView find(UUID id) {
    WorkView view = work.find(id).orElseThrow(WorkDesk::absent);
    if (!sees(view)) {
      throw absent();
    }
    return view;
  }

  WorkView find(UUID projectId, UUID id) {
    access.require(projectId, SEES);
    WorkView view = work.find(id).orElseThrow(WorkDesk::absent);
    if (!projectId.equals(view.projectId())) {
      throw absent();
    }
    return view;
  }

  List<WorkLogLine> log(WorkView view) {
    return work.log(view.id(), MOST_LINES);
  }

  boolean steers(WorkView view) {
    return view.projectId() == null ? administrator() : access.may(view.projectId(), STEERS);
  }

  void cancel(WorkView view) {
    requireSteering(view);
    work.cancel(view.id());
    record("work-cancelled", view);
  }

  void retry(WorkView view) {
    requireSteering(view);
    work.retry(view.id());
    record("work-retried", view);
  }

  WorkRow row(WorkView view) {
    if (view.projectId() == null) {
      return WorkRow.of(view, "", "");
    }
    ProjectRef project = access.project(view.projectId());
    return WorkRow.of(view, project.name(), project.slug());
  }

  private void requireSteering(WorkView view) {
    if (!steers(view)) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN, "Only managers and administrators stop or repeat work.");
    }
  }

  private void record(String action, WorkView view) {
    audit.record(view.projectId(), action, "work", view.id(), Map.of("title", view.title()));
  }

  private boolean sees(WorkView view) {
    return view.projectId() == null ? administrator() : access.may(view.projectId(), SEES);
  }

  private Collection<UUID> projects() {
    return work.projectsWithWork().stream().filter(id -> access.may(id, SEES)).toList();
  }

  private boolean administrator() {
    return currentPerson.get().map(Person::administrator).orElse(false);
  }

  private static ProblemException absent() {
    return ProblemException.notFound("There is no such work, or it is not yours to see.");
  }
}
