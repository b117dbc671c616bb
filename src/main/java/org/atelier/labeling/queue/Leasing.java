package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.atelier.labeling.JobState;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.WorkQueue.LeasedTask;

/** Gives tasks to people: those they hold already, then new ones. */
@Singleton
class Leasing {

  private final QueueRepository queue;
  private final LeaseRepository leases;
  private final LabelRepository labels;
  private final HandQueue handQueue;
  private final OpenCounts openCounts;
  private final ExpiredLeases expired;

  Leasing(
      QueueRepository queue,
      LeaseRepository leases,
      LabelRepository labels,
      HandQueue handQueue,
      OpenCounts openCounts,
      ExpiredLeases expired) {
    this.queue = queue;
    this.leases = leases;
    this.labels = labels;
    this.handQueue = handQueue;
    this.openCounts = openCounts;
    this.expired = expired;
  }

  /** Leases of a person, as many as wanted if there are, those the page shows first. */
  List<LeaseRow> take(QueueJob job, UUID personId, int wanted, Collection<UUID> held, Instant now) {
    expired.free(job.id(), now);
    List<LeaseRow> taken = new ArrayList<>(mine(job, personId, held, now));
    if (taken.size() > wanted) {
      return taken.subList(0, wanted);
    }
    if (job.state() == JobState.RUNNING && taken.size() < wanted) {
      taken.addAll(fresh(job, personId, wanted - taken.size(), now));
    }
    return taken;
  }

  private List<LeaseRow> mine(QueueJob job, UUID personId, Collection<UUID> held, Instant now) {
    Map<UUID, LeaseRow> active = new LinkedHashMap<>();
    leases.activeLeases(job.id(), personId).forEach(lease -> active.put(lease.id(), lease));
    Instant halfTime = now.plusSeconds(job.leaseSeconds() / 2);
    List<UUID> fading =
        active.values().stream()
            .filter(lease -> lease.expiresAt().isBefore(halfTime))
            .map(LeaseRow::id)
            .toList();
    if (!fading.isEmpty()) {
      Instant until = now.plusSeconds(job.leaseSeconds());
      leases.renew(job.id(), personId, fading, until).forEach(one -> active.put(one.id(), one));
    }
    List<LeaseRow> ordered = new ArrayList<>();
    for (UUID id : held) {
      LeaseRow lease = active.remove(id);
      if (lease != null) {
        ordered.add(lease);
      }
    }
    ordered.addAll(active.values());
    return ordered;
  }

  private List<LeaseRow> fresh(QueueJob job, UUID personId, int count, Instant now) {
    Instant until = now.plusSeconds(job.leaseSeconds());
    if (job.nextOrdinal() != null && openCounts.isLow(job.id())) {
      handQueue.topUp(job.id());
    }
    List<LeaseRow> taken = leases.claim(job.id(), personId, count, now, until);
    if (taken.size() < count && job.nextOrdinal() != null && handQueue.topUp(job.id()) > 0) {
      taken = new ArrayList<>(taken);
      taken.addAll(leases.claim(job.id(), personId, count - taken.size(), now, until));
    }
    openCounts.took(job.id(), taken.size());
    return taken;
  }

  /**
   * The tasks behind leases, with suggestions where the job shows them; a lease remembers that its
   * holder has seen one.
   */
  List<LeasedTask> describe(QueueJob job, List<LeaseRow> taken) {
    if (taken.isEmpty()) {
      return List.of();
    }
    Map<UUID, TaskRow> tasks =
        queue.tasks(taken.stream().map(LeaseRow::taskId).toList()).stream()
            .collect(Collectors.toMap(TaskRow::id, Function.identity()));
    Map<UUID, MachineLabel> suggestions = suggestions(job, tasks.values());
    if (!suggestions.isEmpty()) {
      leases.markSuggested(
          taken.stream()
              .filter(lease -> suggestions.containsKey(tasks.get(lease.taskId()).itemId()))
              .map(LeaseRow::id)
              .toList());
    }
    return taken.stream()
        .map(
            lease -> {
              UUID item = tasks.get(lease.taskId()).itemId();
              return new LeasedTask(
                  lease.id(), lease.taskId(), item, lease.expiresAt(), suggestions.get(item));
            })
        .toList();
  }

  private Map<UUID, MachineLabel> suggestions(QueueJob job, Collection<TaskRow> tasks) {
    if (!job.showSuggestions()) {
      return Map.of();
    }
    List<UUID> items =
        tasks.stream()
            .filter(task -> task.reasonOfNextAnswer().allowsSuggestion())
            .map(TaskRow::itemId)
            .toList();
    Map<UUID, MachineLabel> byItem = new HashMap<>();
    labels.suggestions(job.id(), items).forEach(one -> byItem.put(one.itemId(), one));
    return byItem;
  }
}
