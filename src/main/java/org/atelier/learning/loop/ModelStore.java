package org.atelier.learning.loop;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.atelier.platform.storage.ObjectStore;

/**
 * Keeps trained models as ZIP files in the object store: {@code model.json}, what it is, and {@code
 * model.bin}, what the learner wrote. The digest of the file is the model's name everywhere.
 */
@Singleton
class ModelStore {

  private static final String CARD = "model.json";
  private static final String MODEL = "model.bin";

  private final ObjectStore store;
  private final ObjectMapper mapper = JsonMapper.builder().build();

  ModelStore(ObjectStore store) {
    this.store = store;
  }

  /** A model and what it is. */
  record Stored(ModelCard card, byte[] model) {}

  /** Keeps a model and answers its digest. */
  String put(ModelCard card, byte[] model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(model.length + 4096);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, CARD, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(card));
      entry(zip, MODEL, model);
    } catch (IOException e) {
      throw new UncheckedIOException("A model cannot be kept", e);
    }
    return store.put(new ByteArrayInputStream(bytes.toByteArray()), "application/zip").sha256();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
  }

  /**
   * Reads a kept model.
   *
   * @throws org.atelier.platform.storage.BlobMissingException when it is not kept any more
   * @throws IllegalArgumentException when the object is no model
   */
  Stored get(String sha256) {
    ModelCard card = null;
    byte[] model = null;
    try (InputStream in = store.open(sha256);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(CARD)) {
          card = mapper.readValue(zip.readAllBytes(), ModelCard.class);
        } else if (entry.getName().equals(MODEL)) {
          model = zip.readAllBytes();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A model cannot be read", e);
    }
    if (card == null || model == null) {
      throw new IllegalArgumentException("this is no stored model");
    }
    return new Stored(card, model);
  }
}
