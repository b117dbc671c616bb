package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.atelier.platform.web.PlaceNews;

/** Questions that wait for an answer, counted beside the word Jobs for those who give it. */
@Singleton
class QuestionNews implements PlaceNews {

  private final Questions questions;

  QuestionNews(Questions questions) {
    this.questions = questions;
  }

  @Override
  public String path() {
    return "/jobs";
  }

  @Override
  public int count(UUID projectId, UUID personId) {
    return questions.waiting(projectId, personId);
  }
}
