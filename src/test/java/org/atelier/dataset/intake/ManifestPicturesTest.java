package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.atelier.dataset.format.ManifestReader;
import org.atelier.dataset.format.RowLimits;
import org.atelier.dataset.format.UnreadableSourceException;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.atelier.platform.storage.ForeignBuckets;
import org.atelier.platform.storage.aws.S3Bucket;
import org.atelier.platform.storage.aws.S3ForeignBuckets;
import org.atelier.platform.storage.aws.S3MockServer;
import org.atelier.platform.storage.local.FolderBucket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Manifests whose pictures lie in S3 or in a folder that stands for it. */
class ManifestPicturesTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  @TempDir Path folder;
  private final String prefix =
      "s3://" + S3MockServer.BUCKET + "/" + UUID.randomUUID() + "/summer/";
  private ImportFixture fixture;
  private UUID id;

  @BeforeEach
  void begin() {
    fixture = new ImportFixture(POSTGRES.jdbi(), Ids.next());
    id = fixture.begin();
  }

  @Test
  void picturesBelowAnAllowedPrefixAreReadFromS3AndNoOthers() throws Exception {
    store("deep/a.png", 1);
    store("b c.png", 2);
    run(S3ForeignBuckets.connect(s3(S3MockServer.start())), null);
    assertTaken();
  }

  @Test
  void picturesAreReadFromTheFolderThatStandsForThePrefix() throws Exception {
    Path summer = Files.createDirectories(folder.resolve("summer/deep")).getParent();
    picture(summer.resolve("deep/a.png"), 1);
    picture(summer.resolve("b c.png"), 2);
    ForeignBuckets nobody =
        (bucket, key) -> {
          throw new IOException("must not be asked");
        };
    run(nobody, summer.toString());
    assertTaken();
  }

  @Test
  void bucketThatDoesNotAnswerStopsTheImportInsteadOfRefusingItsRows() throws Exception {
    store("deep/a.png", 1);
    store("b c.png", 2);
    ForeignBuckets away = S3ForeignBuckets.connect(s3(URI.create("http://127.0.0.1:9")));
    UnreadableSourceException stopped =
        assertThrows(UnreadableSourceException.class, () -> run(away, null));
    assertTrue(
        stopped.getMessage().startsWith(prefix + "deep/a.png: S3 does not answer or refuses"),
        stopped.getMessage());
    assertEquals(0, fixture.row(id).refused());
    run(S3ForeignBuckets.connect(s3(S3MockServer.start())), null);
    assertTaken();
  }

  @Test
  void referenceThatCannotBeAFileNameIsRefusedAndNotTheWholeImport() {
    List<SourcePrefixes.Prefix> allowed =
        List.of(new SourcePrefixes.Prefix(prefix, folder.toString()));
    for (String rest : List.of("a\0b.png", "", "../x.png")) {
      assertThrows(
          ManifestReader.ReferenceRefusedException.class,
          () -> SourcePrefixes.resolve(allowed, prefix + rest, null),
          rest);
    }
  }

  private void assertTaken() {
    assertEquals(2, fixture.row(id).added());
    assertEquals(
        List.of(
            "3: " + named("gone.png") + " cannot be read: it is missing or damaged",
            "4: s3://atelier-private/x.png is not below a prefix that an administrator allowed for"
                + " this project"),
        fixture.refusals(id));
  }

  private String named(String file) {
    return fixture.refusals(id).get(0).contains("s3://") ? prefix + file : file;
  }

  private void run(ForeignBuckets buckets, String location) throws IOException {
    Path manifest = folder.resolve("in.manifest");
    StringBuilder lines = new StringBuilder();
    for (String reference :
        List.of(
            prefix + "deep/a.png",
            prefix + "b c.png",
            prefix + "gone.png",
            "s3://atelier-private/x.png")) {
      lines.append("{\"source-ref\":\"").append(reference).append("\",\"price\":3}\n");
    }
    Files.writeString(manifest, lines);
    List<SourcePrefixes.Prefix> allowed = List.of(new SourcePrefixes.Prefix(prefix, location));
    ManifestReader.References references =
        reference -> SourcePrefixes.resolve(allowed, reference, buckets);
    try (var reader =
        new ManifestReader(manifest, true, null, null, references, RowLimits.DEFAULT)) {
      ImportFixture.attempt(
          POSTGRES.jdbi(),
          id,
          reader,
          FolderBucket.open(folder.resolve("objects"), false, Clock.systemUTC()),
          (position, total) -> {});
    }
  }

  private void store(String key, int number) throws Exception {
    S3Bucket bucket = S3Bucket.connect(s3(S3MockServer.start()), folder.resolve("staging"));
    Path staged = bucket.staging().resolve("picture.png");
    picture(staged, number);
    bucket.store(prefix.substring(("s3://" + S3MockServer.BUCKET + "/").length()) + key, staged);
  }

  private static S3Bucket.Connection s3(URI endpoint) {
    return new S3Bucket.Connection(
        S3MockServer.BUCKET,
        "",
        Optional.of(endpoint),
        "eu-central-1",
        true,
        Optional.of("key"),
        Optional.of("secret"));
  }

  private static void picture(Path file, int number) throws IOException {
    BufferedImage image = new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, 0xff0000 + number);
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }
}
