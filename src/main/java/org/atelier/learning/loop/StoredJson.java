package org.atelier.learning.loop;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.atelier.learning.campaign.RoundReport;
import org.atelier.platform.storage.ObjectStore;

/** Keeps plain data as compressed JSON in the object store. */
@Singleton
class StoredJson {

  private static final String MEDIA_TYPE = "application/gzip";

  /** What documents had before, so that a step planned by an earlier version can still be done. */
  @JsonIgnoreProperties("confusion")
  private interface EarlierReport {}

  private final ObjectStore store;
  private final ObjectMapper mapper =
      JsonMapper.builder()
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addMixIn(RoundReport.class, EarlierReport.class)
          .build();

  StoredJson(ObjectStore store) {
    this.store = store;
  }

  /** Keeps a value and answers the digest it is found by. */
  String put(Object value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(bytes, 1 << 16)) {
        mapper.writeValue(out, value);
      }
      return store.put(new ByteArrayInputStream(bytes.toByteArray()), MEDIA_TYPE).sha256();
    } catch (IOException e) {
      throw new UncheckedIOException("The state of learning cannot be kept", e);
    }
  }

  <T> T get(String sha256, Class<T> type) {
    try (InputStream in = new GZIPInputStream(store.open(sha256), 1 << 16)) {
      return mapper.readValue(in, type);
    } catch (IOException e) {
      throw new UncheckedIOException("The state of learning cannot be read", e);
    }
  }
}
