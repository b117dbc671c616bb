package org.atelier.workforce;

import org.atelier.platform.ProblemCode;

/** Problems around people, accounts and projects. */
enum WorkforceProblem implements ProblemCode {
  WRONG_PASSWORD("wrong-password", 400, "The e-mail address or the password is not right"),
  ACCOUNT_LOCKED("account-locked", 429, "Too many wrong passwords"),
  WEAK_PASSWORD("weak-password", 400, "The new password is not strong enough"),
  EMAIL_TAKEN("email-taken", 409, "Somebody already has this e-mail address"),
  MEMBER_ALREADY("member-already", 409, "The person is a member already"),
  ADMINISTRATION_LOST("administration-lost", 409, "Somebody has to administer it"),
  SLUG_TAKEN("slug-taken", 409, "A project with this address exists");

  private final String code;
  private final int status;
  private final String title;

  WorkforceProblem(String code, int status, String title) {
    this.code = code;
    this.status = status;
    this.title = title;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
