package org.atelier.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.atelier.dataset.ApiClient.RefusedException;
import org.atelier.platform.Sha256;

/**
 * Sends files in parts. The same files sent again, also by a later run of the command, go on where
 * the server stands.
 */
final class FileUpload {

  private static final int PART = 8 << 20;
  private static final int AT_ONCE = 4;

  private final ApiClient client;
  private final String api;
  private final List<NamedFile> files;
  private final Sending sending;
  private final AtomicLong sent = new AtomicLong();
  private long total;

  /** A file and the name it gets on the server. */
  record NamedFile(String name, Path path) {}

  /** Told how many bytes are there; by several threads. */
  interface Sending {
    void at(long sent, long total);
  }

  FileUpload(ApiClient client, String api, List<NamedFile> files, Sending sending) {
    this.client = client;
    this.api = api;
    this.files = files;
    this.sending = sending;
  }

  /**
   * Sends what is not there yet.
   *
   * @return id of the upload
   */
  String send() throws IOException, InterruptedException, RefusedException {
    JsonNode upload = announce();
    String address = api + "/uploads/" + upload.path("id").asText() + "/files/";
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (JsonNode part : upload.path("files")) {
        int number = part.path("number").asInt();
        long received = part.path("received").asLong();
        sent.addAndGet(received);
        if (received < part.path("size").asLong()) {
          Path file = files.get(number).path();
          all.add(threads.submit(() -> send(address + number, file, received)));
        }
      }
      sending.at(sent.get(), total);
      for (Future<Void> one : all) {
        finish(one);
      }
    } finally {
      threads.shutdownNow();
    }
    return upload.path("id").asText();
  }

  private static void finish(Future<Void> one)
      throws IOException, InterruptedException, RefusedException {
    try {
      one.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      if (e.getCause() instanceof IOException broken) {
        throw broken;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private JsonNode announce() throws IOException, InterruptedException, RefusedException {
    List<Map<String, Object>> announced = new ArrayList<>();
    MessageDigest key = Sha256.create();
    for (NamedFile file : files) {
      long size = Files.size(file.path());
      long modified = Files.getLastModifiedTime(file.path()).toMillis();
      announced.add(Map.of("name", file.name(), "size", size));
      total += size;
      key.update(
          (file.name() + '\0' + size + '\0' + modified + '\0').getBytes(StandardCharsets.UTF_8));
    }
    return client.post(
        api + "/uploads",
        Map.of("files", announced, "key", HexFormat.of().formatHex(key.digest())));
  }

  private Void send(String address, Path file, long received)
      throws IOException, InterruptedException, RefusedException {
    long offset = received;
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(offset);
      for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
        sendPart(address + "?offset=" + offset, part, offset);
        offset += part.length;
        sending.at(sent.addAndGet(part.length), total);
      }
    }
    return null;
  }

  /** A part whose answer was lost is there although sending it again is refused. */
  private void sendPart(String address, byte[] part, long offset)
      throws IOException, InterruptedException, RefusedException {
    try {
      client.put(address, part);
    } catch (RefusedException e) {
      if (!e.member("received").equals(Long.toString(offset + part.length))) {
        throw e;
      }
    }
  }
}
