package org.atelier.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Speaks with a running Atelier for the commands. Thread-safe. */
final class ApiClient {

  private static final int TRIES = 8;
  private static final int SERVER_AT_FAULT = 500;
  private static final int STORAGE_FULL = 507;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final String url;
  private final String token;
  private volatile boolean reached;

  /**
   * @throws RefusedException when the address or the token cannot be right
   */
  ApiClient(String url, String token) throws RefusedException {
    if (token == null || token.isBlank()) {
      throw new RefusedException("Set ATELIER_TOKEN to a personal access token.");
    }
    if (!url.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
      throw new RefusedException("--url " + url + ": give an address like http://localhost:8080");
    }
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.token = token.strip();
  }

  /** The server or the input refused; the message is for the person. */
  static final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient JsonNode problem;

    RefusedException(String message) {
      this(message, null);
    }

    RefusedException(String message, JsonNode problem) {
      super(message);
      this.problem = problem;
    }

    /** A member of the problem document the server answered with, empty when there is none. */
    String member(String name) {
      return problem == null ? "" : problem.path(name).asText("");
    }
  }

  /** Takes an answer as it streams in. */
  interface Sink {
    void take(InputStream answer) throws IOException;
  }

  /** Address of the API of a project that the person is in. */
  String project(String slug) throws IOException, InterruptedException, RefusedException {
    for (JsonNode project : get("/api/v1/me").path("projects")) {
      if (project.path("slug").asText().equals(slug)) {
        return "/api/v1/projects/" + project.path("id").asText();
      }
    }
    throw new RefusedException("You are in no project named " + slug + ".");
  }

  JsonNode get(String path) throws IOException, InterruptedException, RefusedException {
    return answer(request(path).GET());
  }

  JsonNode post(String path, Object body)
      throws IOException, InterruptedException, RefusedException {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body))));
  }

  JsonNode put(String path, byte[] bytes)
      throws IOException, InterruptedException, RefusedException {
    return answer(
        request(path)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(bytes)));
  }

  /**
   * Streams what an address gives.
   *
   * @throws IOException when it breaks off or cannot be kept
   */
  void download(String path, Sink sink) throws IOException, InterruptedException, RefusedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token)
            .GET()
            .build();
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() >= 400) {
          throw refused(answer.statusCode(), read(body.readAllBytes()));
        }
        sink.take(body);
      }
    } catch (ConnectException e) {
      throw new RefusedException("Nothing answers at " + url + ".");
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(PATIENCE)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  /** Asks; who answered before is asked again and again for a minute when nobody answers. */
  private JsonNode answer(HttpRequest.Builder request)
      throws IOException, InterruptedException, RefusedException {
    HttpRequest asked = request.build();
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<byte[]> answer = http.send(asked, BodyHandlers.ofByteArray());
        int status = answer.statusCode();
        reached = true;
        if (status < 400) {
          return json.readTree(answer.body());
        }
        boolean again = status >= SERVER_AT_FAULT && status != STORAGE_FULL && attempt < TRIES;
        if (!again) {
          throw refused(status, read(answer.body()));
        }
      } catch (IOException e) {
        if (!reached && e instanceof ConnectException) {
          throw new RefusedException("Nothing answers at " + url + ".");
        }
        if (attempt == TRIES) {
          throw e;
        }
      }
      Thread.sleep(FIRST_PAUSE_MILLIS << attempt - 1);
    }
  }

  private static RefusedException refused(int status, JsonNode problem) {
    String detail = problem.path("detail").asText(problem.path("title").asText(""));
    if (detail.isEmpty()) {
      detail = status == 401 ? "The token is not valid (any more)." : "The server refused it.";
    }
    return new RefusedException(detail + " (" + status + ")", problem);
  }

  private JsonNode read(byte[] body) {
    try {
      return json.readTree(body);
    } catch (IOException e) {
      return json.createObjectNode();
    }
  }
}
