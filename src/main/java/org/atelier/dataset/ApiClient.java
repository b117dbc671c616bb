package org.atelier.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Speaks with a running Atelier for the commands. Not thread-safe. */
final class ApiClient {

  private static final int PART = 8 << 20;
  private static final int TRIES = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
  private final ObjectMapper json = new ObjectMapper();
  private final String url;
  private final String token;

  ApiClient(String url, String token) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.token = token;
  }

  /** The server or the input refused; the message is for the person. */
  static final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /** Told how many bytes were sent. */
  interface Sending {
    void at(long sent, long total);
  }

  String projectId(String slug) throws IOException, InterruptedException, RefusedException {
    for (JsonNode project : get("/api/v1/me").path("projects")) {
      if (project.path("slug").asText().equals(slug)) {
        return project.path("id").asText();
      }
    }
    throw new RefusedException("You are in no project named " + slug + ".");
  }

  /** Sends files in parts, each again from where the server stands when it breaks off. */
  String upload(String api, Map<String, Path> files, Sending sending)
      throws IOException, InterruptedException, RefusedException {
    List<Map<String, Object>> announced = new ArrayList<>();
    long total = 0;
    for (Map.Entry<String, Path> file : files.entrySet()) {
      long size = Files.size(file.getValue());
      announced.add(Map.of("name", file.getKey(), "size", size));
      total += size;
    }
    String id = post(api + "/uploads", Map.of("files", announced)).path("id").asText();
    long sent = 0;
    int number = 0;
    for (Path file : files.values()) {
      String address = api + "/uploads/" + id + "/files/" + number++;
      try (InputStream in = Files.newInputStream(file)) {
        long offset = 0;
        for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
          sendPart(address + "?offset=" + offset, part);
          offset += part.length;
          sent += part.length;
          sending.at(sent, total);
        }
      }
    }
    return id;
  }

  private void sendPart(String address, byte[] part)
      throws IOException, InterruptedException, RefusedException {
    for (int attempt = 1; ; attempt++) {
      try {
        HttpRequest.Builder request = request(address).PUT(BodyPublishers.ofByteArray(part));
        answer(request.header("Content-Type", "application/octet-stream"));
        return;
      } catch (OffsetException e) {
        long offset = Long.parseLong(address.substring(address.indexOf("offset=") + 7));
        if (e.received != offset + part.length) {
          throw new RefusedException(e.getMessage());
        }
        return;
      } catch (IOException e) {
        if (attempt == TRIES) {
          throw e;
        }
        Thread.sleep(500L << attempt);
      }
    }
  }

  JsonNode importFrom(
      String api, String dataset, String name, String kind, Map<String, Object> source)
      throws IOException, InterruptedException, RefusedException {
    return dataset == null
        ? post(api + "/datasets", Map.of("name", name, "kind", kind, "source", source))
        : post(api + "/datasets/" + dataset + "/imports", source);
  }

  JsonNode finished(String api, JsonNode begun, LongConsumer added)
      throws IOException, InterruptedException, RefusedException {
    JsonNode run = begun;
    while (List.of("QUEUED", "RUNNING").contains(run.path("state").asText())) {
      Thread.sleep(500);
      run = get(api + "/imports/" + begun.path("id").asText());
      added.accept(run.path("added").asLong());
    }
    return run;
  }

  /** Streams what an address gives into a file. */
  void download(String path, Path file) throws IOException, InterruptedException, RefusedException {
    HttpResponse<Path> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .GET()
                .build(),
            BodyHandlers.ofFile(file));
    if (answer.statusCode() >= 400) {
      String problem = Files.readString(file);
      Files.delete(file);
      throw refused(answer.statusCode(), problem);
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException, RefusedException {
    return answer(request(path).GET());
  }

  private JsonNode post(String path, Object body)
      throws IOException, InterruptedException, RefusedException {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(PATIENCE)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode answer(HttpRequest.Builder request)
      throws IOException, InterruptedException, RefusedException {
    HttpResponse<String> answer;
    try {
      answer = http.send(request.build(), BodyHandlers.ofString());
    } catch (java.net.ConnectException e) {
      throw new RefusedException("Nothing answers at " + url + ".");
    }
    if (answer.statusCode() >= 400) {
      JsonNode problem = read(answer.body());
      if (problem.has("received")) {
        throw new OffsetException(problem);
      }
      throw refused(answer.statusCode(), answer.body());
    }
    return json.readTree(answer.body());
  }

  private RefusedException refused(int status, String body) {
    JsonNode problem = read(body);
    String detail = problem.path("detail").asText(problem.path("title").asText(""));
    if (detail.isEmpty()) {
      detail = status == 401 ? "The token is not valid (any more)." : "The server refused it.";
    }
    return new RefusedException(detail + " (" + status + ")");
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (IOException e) {
      return json.createObjectNode();
    }
  }

  /** The server stands elsewhere in a file. */
  private static final class OffsetException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long received;

    private OffsetException(JsonNode problem) {
      super(problem.path("detail").asText());
      this.received = problem.path("received").asLong();
    }
  }
}
