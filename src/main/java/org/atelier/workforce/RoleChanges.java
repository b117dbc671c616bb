package org.atelier.workforce;

import jakarta.inject.Singleton;

/** Public service: who may be given roles by whom, besides what a project's roles say. */
@Singleton
public class RoleChanges {

  private final TokenReachFilter tokens;

  RoleChanges(TokenReachFilter tokens) {
    this.tokens = tokens;
  }

  /**
   * Roles change hands only where somebody signed in.
   *
   * @throws org.atelier.platform.ProblemException forbidden when the request came with a token
   */
  public void requireSignedIn() {
    tokens.requireSignedIn();
  }
}
