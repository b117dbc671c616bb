package org.atelier.dataset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.atelier.dataset.Pictures;
import org.atelier.dataset.picture.PictureCleaner;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.atelier.platform.storage.ObjectStore;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.StorageException;
import org.atelier.platform.storage.local.FolderBucket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailsWithoutRoomTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  @TempDir Path folder;
  private final UUID project = Ids.next();
  private boolean full;

  @Test
  void aStoreWithoutRoomStillShowsSmallPicturesAndKeepsThemOnceThereIsRoom() throws IOException {
    ObjectStore store = store();
    NewPicture picture = picture(store);
    POSTGRES.jdbi().useHandle(h -> CatalogWrites.addPictures(h, project, List.of(picture)));
    PictureService pictures =
        new PictureService(
            POSTGRES.jdbi(), new CatalogReads(POSTGRES.jdbi()), store, new PictureCleaner());
    full = true;
    assertEquals(256, width(pictures.thumbnail(project, picture.sha256(), 256)));
    assertEquals(256, width(pictures.thumbnail(project, picture.sha256(), 256)));
    assertEquals(0, kept());
    full = false;
    assertEquals(256, width(pictures.thumbnail(project, picture.sha256(), 256)));
    assertEquals(1, kept());
    full = true;
    assertEquals(256, width(pictures.thumbnail(project, picture.sha256(), 256)));
  }

  private int kept() {
    return POSTGRES
        .jdbi()
        .withHandle(
            h ->
                h.createQuery("select count(*) from dataset.thumbnail where project_id = :project")
                    .bind("project", project)
                    .mapTo(Integer.class)
                    .one());
  }

  /** A folder that takes nothing more while {@link #full}. */
  private ObjectStore store() throws IOException {
    ObjectStore folderStore =
        PackedObjectStore.open(
            FolderBucket.open(folder, false, Clock.systemUTC()), Clock.systemUTC());
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (self, method, arguments) -> {
              if (full && method.getName().equals("put")) {
                throw new StorageException("put", new IOException("No space left on device"));
              }
              try {
                return method.invoke(folderStore, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static NewPicture picture(ObjectStore store) throws IOException {
    BufferedImage image = new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    var blob = store.put(new ByteArrayInputStream(bytes.toByteArray()), "image/png");
    return new NewPicture(blob.sha256(), "image/png", blob.size(), 600, 400);
  }

  private static int width(Pictures.PictureBytes bytes) throws IOException {
    try (InputStream in = bytes.content()) {
      BufferedImage image = ImageIO.read(in);
      assertNotNull(image);
      return image.getWidth();
    }
  }
}
