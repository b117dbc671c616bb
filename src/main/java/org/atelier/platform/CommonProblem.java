package org.atelier.platform;

/** Problems that any feature can meet. */
public enum CommonProblem implements ProblemCode {
  NOT_FOUND("not-found", 404, "There is nothing here"),
  FORBIDDEN("forbidden", 403, "You may not do this"),
  SIGN_IN_REQUIRED("sign-in-required", 401, "Sign in to continue"),
  INVALID_INPUT("invalid-input", 400, "Something in the input is not right"),
  FORM_EXPIRED("form-expired", 400, "The form was not accepted"),
  TOKEN_EXPIRED("token-expired", 400, "The page has to be loaded again"),
  CONFLICT("conflict", 409, "Somebody changed this meanwhile"),
  GONE("gone", 410, "This is no longer kept"),
  TOO_LARGE("too-large", 413, "This is too large to be sent at once"),
  TOO_MANY_REQUESTS("too-many-requests", 429, "Too many attempts, wait a moment"),
  DATABASE_UNAVAILABLE("database-unavailable", 503, "The database cannot be reached"),
  INTERNAL("internal", 500, "Something went wrong on our side");

  private final String code;
  private final int status;
  private final String title;

  CommonProblem(String code, int status, String title) {
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
