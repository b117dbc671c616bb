package org.atelier.platform.storage;

import org.atelier.platform.ProblemCode;

/** What people can meet when stored objects are concerned. */
public enum StorageProblem implements ProblemCode {
  STORAGE_FULL("storage-full", 507, "There is no room left"),
  STORAGE_UNAVAILABLE("storage-unavailable", 503, "Stored objects cannot be reached"),
  OBJECT_MISSING("object-missing", 404, "This object is not there");

  private final String code;
  private final int status;
  private final String title;

  StorageProblem(String code, int status, String title) {
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
