package org.atelier.labeling;

import java.util.Optional;
import java.util.UUID;

/**
 * SPI: a tab of the job page, a CDI bean of the feature that fills it. Tabs stand in ascending
 * {@link #order}.
 */
public interface JobSection {

  /** Last part of the tab's address: lower-case letters and hyphens, unique among sections. */
  String key();

  /** Short title of the tab. */
  String title();

  /**
   * Place among the tabs; labeling's own are 0 (overview), 50 (items), 60 (people), 90 (settings).
   */
  int order();

  /** Whether the tab is shown for this job. */
  boolean appliesTo(JobView job);

  /**
   * The tab's content as HTML, rendered by a checked template of the section's own feature. Called
   * within the request, after the reader's permission was checked.
   */
  String html(SectionRequest request);

  /**
   * One sentence with numbers for the overview, such as how good the labels are; empty when there
   * is nothing to say yet. The lowest {@link #order} that speaks is shown under the title.
   */
  default Optional<String> sentence(JobView job) {
    return Optional.empty();
  }

  /** Whether a paused job rests for a reason that resuming it does not take away. */
  default boolean isStuck(JobView job) {
    return false;
  }

  /**
   * Whose page is asked for.
   *
   * @param projectSlug for addresses: {@code /p/{slug}/jobs/{jobId}/{key}}
   * @param personId who looks
   * @param manages whether that person may change the job
   */
  record SectionRequest(JobView job, String projectSlug, UUID personId, boolean manages) {}
}
