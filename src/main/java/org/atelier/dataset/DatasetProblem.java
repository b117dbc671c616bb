package org.atelier.dataset;

import org.atelier.platform.ProblemCode;

/** Problems with datasets that a person can meet. */
public enum DatasetProblem implements ProblemCode {
  DATASET_NOT_FOUND("dataset-not-found", 404, "There is no such dataset"),
  VERSION_NOT_FOUND("dataset-version-not-found", 404, "The dataset has no such version"),
  ITEM_NOT_FOUND("item-not-found", 404, "There is no such item"),
  PICTURE_NOT_FOUND("picture-not-found", 404, "There is no such picture"),
  IMPORT_NOT_FOUND("import-not-found", 404, "There is no such import"),
  UPLOAD_NOT_FOUND("upload-not-found", 404, "There is no such upload"),
  LABEL_SOURCE_NOT_FOUND("label-source-not-found", 404, "There is no such source of labels"),
  NAME_TAKEN("dataset-name-taken", 409, "Another dataset of the project has this name"),
  IMPORT_RUNNING("dataset-import-running", 409, "An import into this dataset is running"),
  UPLOAD_OFFSET("upload-offset-mismatch", 409, "The upload continues at another place"),
  UPLOAD_BROKEN_OFF("upload-broken-off", 503, "The connection broke off while sending"),
  UPLOAD_TOO_LARGE("upload-too-large", 413, "The upload is larger than allowed"),
  UPLOADS_BUSY("uploads-busy", 503, "Too many files are being sent at the same time"),
  STORAGE_FULL("storage-full", 507, "There is no room left to store this"),
  PATH_NOT_ALLOWED("import-path-not-allowed", 403, "This path may not be imported from"),
  UNREADABLE_SOURCE("unreadable-source", 422, "The data could not be read");

  private final String code;
  private final int status;
  private final String title;

  DatasetProblem(String code, int status, String title) {
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
