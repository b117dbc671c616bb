package org.atelier.labeling;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemRow;
import org.atelier.labeling.queue.JobItems;
import org.atelier.platform.ProblemException;

/** The items of a job with their labels, and what led to each. */
@Path("/p/{slug}/jobs/{job}/items")
@Blocking
@Produces(MediaType.TEXT_HTML)
class JobItemPages {

  private static final Set<String> STATES = Set.of("HUMAN", "MACHINE", "OPEN", "DECLINED");
  private static final int PAGE = 48;

  @CheckedTemplate(basePath = "labeling")
  static class Templates {
    static native TemplateInstance jobItems(
        JobShell shell,
        List<Card> cards,
        String state,
        Integer label,
        List<WorkConfig.Label> labels,
        String next);

    static native TemplateInstance jobItem(
        JobShell shell,
        ItemScreen item,
        List<LabelLine> labels,
        List<AnswerLine> answers,
        List<JobItems.DeclineStep> declines);
  }

  /**
   * An item of the contact sheet.
   *
   * @param label the first label the item has, whose colour is shown
   */
  record Card(ItemScreen item, JobItems.ListedItem listed, String names, WorkConfig.Label label) {
    public String thumbnail() {
      return item.thumbnail();
    }

    public boolean labeled() {
      return listed.state().equals("HUMAN") || listed.state().equals("MACHINE");
    }

    public String provenance() {
      return switch (listed.state()) {
        case "HUMAN" -> listed.answers() == 1 ? "one answer" : listed.answers() + " answers";
        case "MACHINE" -> "model, " + Words.percent(listed.confidence());
        case "DECLINED" -> "declined";
        default -> "waiting";
      };
    }
  }

  /** A label in the item's history. */
  record LabelLine(JobItems.LabelStep step, String names) {
    public boolean current() {
      return step.supersededAt() == null;
    }

    public String origin() {
      return step.source().equals("HUMAN") ? "People" : "Model";
    }

    public String confidence() {
      return step.source().equals("HUMAN") && step.answers() == 1
          ? "one answer, cannot be checked"
          : Words.percent(step.confidence());
    }

    public String why() {
      return step.reason() == null ? "" : step.reason().sentence();
    }

    public String digest() {
      String digest = step.modelDigest();
      return digest == null ? null : digest.substring(0, Math.min(12, digest.length()));
    }
  }

  /** An answer in the item's history. */
  record AnswerLine(JobItems.AnswerStep step, String names) {
    public String time() {
      return Words.duration(step.activeMillis());
    }

    public String fate() {
      if (step.undoneAt() != null) {
        return "taken back";
      }
      if (step.replacedAt() != null) {
        return "replaced";
      }
      return step.surplus() ? "surplus" : "counts";
    }

    public Instant at() {
      return step.receivedAt();
    }

    public String why() {
      return step.reason().sentence();
    }
  }

  private final JobDesk desk;
  private final Jobs jobs;
  private final JobItems items;
  private final Datasets datasets;
  private final SecondLooks secondLooks;

  JobItemPages(
      JobDesk desk, Jobs jobs, JobItems items, Datasets datasets, SecondLooks secondLooks) {
    this.desk = desk;
    this.jobs = jobs;
    this.items = items;
    this.datasets = datasets;
    this.secondLooks = secondLooks;
  }

  @GET
  public TemplateInstance list(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @QueryParam("state") String state,
      @QueryParam("label") Integer label,
      @QueryParam("after") @DefaultValue("-1") int after) {
    JobShell shell = desk.shell(slug, jobId, "items");
    String known = state != null && STATES.contains(state) ? state : null;
    List<JobItems.ListedItem> listed = items.items(jobId, known, label, after);
    Map<UUID, ItemScreen> screens =
        screens(shell, listed.stream().map(JobItems.ListedItem::itemId).toList());
    List<String> names = shell.job().settings().classNames();
    List<WorkConfig.Label> labels = shell.labels();
    List<Card> cards =
        listed.stream()
            .filter(item -> screens.containsKey(item.itemId()))
            .map(
                item ->
                    new Card(
                        screens.get(item.itemId()),
                        item,
                        Words.labels(item.classIndexes(), names),
                        labels.get(item.classIndexes().length == 0 ? 0 : item.classIndexes()[0])))
            .toList();
    String next =
        listed.size() < PAGE ? null : String.valueOf(listed.get(listed.size() - 1).ordinal());
    return Templates.jobItems(shell, cards, known, label, labels, next);
  }

  private Map<UUID, ItemScreen> screens(JobShell shell, Collection<UUID> ids) {
    Map<UUID, ItemScreen> screens = new HashMap<>();
    for (ItemRow item : datasets.items(shell.project().id(), ids)) {
      screens.put(item.id(), ItemScreen.of(item, shell.project().slug()));
    }
    return screens;
  }

  @GET
  @Path("{item}")
  public TemplateInstance item(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @PathParam("item") UUID itemId) {
    JobShell shell = desk.shell(slug, jobId, "items");
    JobItems.History history =
        items
            .history(jobId, itemId)
            .orElseThrow(() -> ProblemException.notFound("The job has nothing of this item."));
    ItemRow item =
        datasets
            .item(shell.project().id(), itemId)
            .orElseThrow(() -> ProblemException.notFound("The item was deleted."));
    List<String> names = shell.job().settings().classNames();
    return Templates.jobItem(
        shell,
        ItemScreen.of(item, slug),
        history.labels().stream()
            .map(step -> new LabelLine(step, Words.labels(step.classIndexes(), names)))
            .toList(),
        history.answers().stream()
            .map(step -> new AnswerLine(step, Words.labels(step.classIndexes(), names)))
            .toList(),
        history.declines());
  }

  /** Asks somebody else for one more look. */
  @POST
  @Path("{item}/send-back")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response sendBack(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @PathParam("item") UUID itemId) {
    JobShell shell = desk.shell(slug, jobId, "items");
    desk.leadable(slug);
    secondLooks.sendBack(shell.job(), List.of(itemId));
    return Response.seeOther(URI.create(shell.base() + "/items/" + itemId)).build();
  }

  /** Asks for the answers that items lack for want of people. */
  @POST
  @Path("ask-lacking")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response askLacking(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    return askDeclined(slug, jobId);
  }

  /** Opens the items again that people declined. */
  @POST
  @Path("ask-declined")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response askDeclined(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    JobShell shell = desk.shell(slug, jobId, "items");
    desk.manageable(slug);
    jobs.askAgain(shell.project().id(), shell.id());
    return Response.seeOther(URI.create(shell.base() + "/items?state=OPEN")).build();
  }
}
