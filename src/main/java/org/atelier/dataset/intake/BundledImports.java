package org.atelier.dataset.intake;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.BundledDatasets;
import org.atelier.dataset.format.TextMapping;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;

/** Imports what lies below {@code /datasets} in the application's own archive, as an upload. */
@Singleton
class BundledImports implements BundledDatasets {

  private static final String GARMENTS = "atelier-garments/garments.zip";
  private static final String DESCRIPTIONS = "atelier-descriptions/descriptions.csv";

  private final UploadFiles uploads;
  private final ImportService imports;
  private final CurrentPerson person;

  BundledImports(UploadFiles uploads, ImportService imports, CurrentPerson person) {
    this.uploads = uploads;
    this.imports = imports;
    this.person = person;
  }

  @Override
  @Transactional
  public UUID bring(UUID projectId, Bundle bundle) {
    String resource =
        switch (bundle) {
          case GARMENTS -> GARMENTS;
          case DESCRIPTIONS -> DESCRIPTIONS;
        };
    UUID upload = upload(projectId, resource);
    return imports
        .create(
            projectId, bundle.title(), bundle.kind(), bundle.description(), spec(bundle, upload))
        .datasetId();
  }

  private UUID upload(UUID projectId, String resource) {
    byte[] bytes = read("/datasets/" + resource);
    String name = resource.substring(resource.indexOf('/') + 1);
    UUID by = person.get().map(Person::id).orElse(null);
    UUID upload =
        uploads.begin(projectId, by, List.of(new UploadFiles.Announced(name, bytes.length)), null);
    uploads.append(projectId, upload, 0, 0, new ByteArrayInputStream(bytes));
    return upload;
  }

  private static byte[] read(String resource) {
    try (InputStream in = BundledImports.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The application was built without " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImportSpec spec(Bundle bundle, UUID upload) {
    if (bundle == Bundle.GARMENTS) {
      return new ImportSpec(
          ImportSpec.Format.ZIP, upload, null, null, null, null, null, null, null);
    }
    TextMapping columns =
        new TextMapping("id", List.of("title", "text"), "department", null, null, null);
    return new ImportSpec(
        ImportSpec.Format.CSV, upload, null, null, null, columns, null, null, null);
  }
}
