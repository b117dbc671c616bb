package org.atelier.operations.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody at the work page, as far as the server can tell: signs in by the form, opens the page,
 * holds up to 16 items ahead and asks for more when fewer than 12 are left.
 */
final class Labeler implements AutoCloseable {

  private static final int AHEAD = 16;
  private static final int REFILL_BELOW = 12;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FORM_TOKEN =
      Pattern.compile("name=\"csrf-token\"[^>]*value=\"([^\"]+)\"");
  private static final Pattern CONFIG =
      Pattern.compile("id=\"work-config\">(.*?)</script>", Pattern.DOTALL);

  private final HttpConnection connection;
  private final Deque<Held> queue = new ArrayDeque<>();
  private String cookies;
  private String headers;
  private String work;

  private record Held(String lease, String task) {}

  Labeler(int port, String email) throws IOException {
    connection = new HttpConnection(port);
    signIn(email);
  }

  private void signIn(String email) throws IOException {
    HttpConnection.Reply form = connection.send("GET", "/sign-in", "Accept: text/html\r\n", null);
    Matcher token = FORM_TOKEN.matcher(form.body());
    if (!token.find()) {
      throw new IOException("The sign-in form has no token:\n" + form.body());
    }
    String cookie = String.join("; ", form.cookies());
    String body =
        "csrf-token=%s&email=%s&password=%s&to=/"
            .formatted(
                token.group(1), email.replace("@", "%40"), SeededQueue.PASSWORD.replace(' ', '+'));
    HttpConnection.Reply reply =
        connection.send(
            "POST",
            "/sign-in",
            "Accept: text/html\r\nContent-Type: application/x-www-form-urlencoded\r\nCookie: "
                + cookie
                + "\r\n",
            body);
    if (reply.status() != 303) {
      throw new IOException("Signing in: " + reply.status() + "\n" + reply.body());
    }
    cookies = String.join("; ", reply.cookies());
  }

  /** Opens the work page of a job and fills the queue. */
  void open(UUID job) throws IOException {
    queue.clear();
    work = "/p/" + SeededQueue.SLUG + "/jobs/" + job + "/work";
    HttpConnection.Reply page =
        connection.send("GET", work, "Accept: text/html\r\nCookie: " + cookies + "\r\n", null);
    Matcher config = CONFIG.matcher(page.body());
    if (page.status() != 200 || !config.find()) {
      throw new IOException("The work page: " + page.status() + "\n" + page.body());
    }
    JsonNode told = JSON.readTree(config.group(1));
    List<String> all = new ArrayList<>(List.of(cookies));
    all.addAll(page.cookies());
    headers =
        "Accept: application/json\r\nAccept-Encoding: gzip\r\nContent-Type: application/json\r\n"
            + "Sec-Fetch-Site: same-origin\r\nX-Atelier-Person: "
            + told.path("personId").asText()
            + "\r\n"
            + told.path("csrf").path("header").asText()
            + ": "
            + told.path("csrf").path("token").asText()
            + "\r\nCookie: "
            + String.join("; ", all)
            + "\r\n";
    claim();
  }

  boolean needsMore() {
    return queue.size() < REFILL_BELOW;
  }

  boolean hasWork() {
    return !queue.isEmpty();
  }

  /** Asks for more items, naming those held. */
  void claim() throws IOException {
    StringBuilder body = new StringBuilder("{\"count\":" + AHEAD + ",\"held\":[");
    for (Held held : queue) {
      body.append(body.charAt(body.length() - 1) == '[' ? "\"" : ",\"");
      body.append(held.lease()).append('"');
    }
    JsonNode reply = post("/claim", body.append("]}").toString());
    queue.clear();
    for (JsonNode lease : reply.path("leases")) {
      queue.add(new Held(lease.path("lease").asText(), lease.path("task").asText()));
    }
  }

  /** Answers the first item; it has left the queue when this returns or fails. */
  void answer() throws IOException {
    Held held = queue.removeFirst();
    post(
        "/answers",
        "{\"key\":\"%s\",\"lease\":\"%s\",\"task\":\"%s\",\"classes\":[1],\"activeMillis\":600}"
            .formatted(UUID.randomUUID(), held.lease(), held.task()));
  }

  private JsonNode post(String path, String body) throws IOException {
    HttpConnection.Reply reply = connection.send("POST", work + path, headers, body);
    if (reply.status() != 200) {
      throw new IOException(path + " was answered with " + reply.status() + ": " + reply.body());
    }
    return path.equals("/claim") ? JSON.readTree(reply.body()) : null;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
