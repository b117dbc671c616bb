package org.atelier.labeling.workpage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.web.FrontEnd;

/**
 * The work page's protocol kept in memory, with the rules that the page relies on: a lease per
 * item, the same key is the same answer, undo within the grace time, no answer for anybody else. A
 * test can take the database away, end the session or sign somebody else in.
 */
final class WorkServer {

  /** How the server behaves at the moment. */
  enum Mood {
    WELL,
    DATABASE_LOST,
    SIGNED_OUT,
    OTHER_PERSON,
    TOKEN_REFUSED,
    ANSWER_LOST_AFTER_COMMIT,
    ANSWER_REFUSED,
    SILENT,
    CLAIM_OVERTAKEN
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SampleJob job;
  private final Map<String, Integer> itemOfLease = new LinkedHashMap<>();
  private final Map<String, ObjectNode> answers = new LinkedHashMap<>();
  private final Set<String> undone = new HashSet<>();
  private final Set<String> left = new HashSet<>();
  private final List<JsonNode> skips = new ArrayList<>();
  private final List<JsonNode> questions = new ArrayList<>();
  private final Map<String, String> replies = new LinkedHashMap<>();
  private final List<String> seen = new ArrayList<>();
  private final boolean[] done;
  private volatile Mood mood = Mood.WELL;
  private volatile String token = "token-1";
  private int answerRequests;
  private volatile int answerMillis;
  private int farewells;
  private volatile int tokensRefused;

  WorkServer(SampleJob job) {
    this.job = job;
    this.done = new boolean[job.size()];
  }

  void mood(Mood changed) {
    mood = changed;
  }

  /** A new session has a new forgery token. */
  void signInAgain() {
    renewToken();
    mood = Mood.WELL;
  }

  /** The browser lost the cookie of its token: the next page has another. */
  void renewToken() {
    token = "token-" + UUID.randomUUID();
  }

  /** From now on each answer takes this long to be acknowledged. */
  void answersTake(int millis) {
    answerMillis = millis;
  }

  int tokensRefused() {
    return tokensRefused;
  }

  String token() {
    return token;
  }

  String personId() {
    return mood == Mood.OTHER_PERSON ? "somebody-else" : SampleJob.PERSON;
  }

  /** Takes requests and answers none, as behind a proxy whose server hangs. */
  boolean silent() {
    return mood == Mood.SILENT;
  }

  boolean signedOut() {
    return mood == Mood.SIGNED_OUT;
  }

  /** Answers by key in the order they were acknowledged. */
  synchronized List<ObjectNode> answers() {
    return List.copyOf(answers.values());
  }

  synchronized List<JsonNode> skips() {
    return List.copyOf(skips);
  }

  synchronized List<JsonNode> questions() {
    return List.copyOf(questions);
  }

  /** The lead answers a question; told with claims and renewals until the page has shown it. */
  synchronized void reply(String question, String answer) {
    replies.put(question, answer);
  }

  synchronized List<String> seen() {
    return List.copyOf(seen);
  }

  synchronized int answerRequests() {
    return answerRequests;
  }

  void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String act = path.substring(path.lastIndexOf('/') + 1);
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (mood == Mood.DATABASE_LOST) {
      problem(exchange, 503, "database-unavailable", "The database cannot be reached.");
    } else if (mood == Mood.SIGNED_OUT) {
      problem(exchange, 401, "sign-in-required", "Sign in to continue.");
    } else if (mood == Mood.OTHER_PERSON) {
      problem(exchange, 409, "labeling/other-person", "Somebody else is signed in.");
    } else if (exchange.getRequestMethod().equals("POST")
        && (mood == Mood.TOKEN_REFUSED
            || !token.equals(exchange.getRequestHeaders().getFirst("X-CSRF-TOKEN")))) {
      tokensRefused++;
      problem(exchange, 400, "token-expired", "The token does not belong to the cookie.");
    } else if (mood == Mood.CLAIM_OVERTAKEN && act.equals("claim")) {
      overtaken(exchange, JSON.readTree(body));
    } else {
      act(exchange, act, body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
    }
  }

  /** Claims at once, and tells so only when an answer that came later has been acknowledged. */
  private void overtaken(HttpExchange exchange, JsonNode body) throws IOException {
    ObjectNode claimed;
    synchronized (this) {
      claimed = claim(body);
    }
    long end = System.nanoTime() + 20_000_000_000L;
    try {
      while (answers().isEmpty() && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reply(exchange, claimed);
  }

  private synchronized void act(HttpExchange exchange, String act, JsonNode body)
      throws IOException {
    switch (act) {
      case "claim" -> reply(exchange, claim(body));
      case "answers" -> answer(exchange, body);
      case "undo" -> undo(exchange, body);
      case "skip" -> skip(exchange, body);
      case "release" -> {
        body.get("leases").forEach(lease -> itemOfLease.remove(lease.asText()));
        reply(exchange, JSON.createObjectNode().put("released", body.get("leases").size()));
      }
      case "leave" -> {
        body.get("leases").forEach(lease -> left.add(lease.asText()));
        farewells++;
        reply(exchange, JSON.createObjectNode().put("left", body.get("leases").size()));
      }
      case "renew" -> reply(exchange, renew(body));
      case "question" -> {
        questions.add(body);
        reply(exchange, JSON.createObjectNode().put("question", UUID.randomUUID().toString()));
      }
      case "summary" -> reply(exchange, summary());
      default -> problem(exchange, 404, "not-found", "There is nothing here.");
    }
  }

  private ObjectNode claim(JsonNode body) {
    int count = body.get("count").asInt();
    ArrayNode leases = JSON.createArrayNode();
    List<String> given = new ArrayList<>();
    body.get("held")
        .forEach(
            held -> {
              if (itemOfLease.containsKey(held.asText()) && given.size() < count) {
                given.add(held.asText());
              }
            });
    for (String lease : itemOfLease.keySet()) {
      if (!given.contains(lease) && given.size() < count) {
        given.add(lease);
      }
    }
    for (int item = 0; item < job.size() && given.size() < count; item++) {
      if (!done[item] && !itemOfLease.containsValue(item)) {
        String lease = UUID.randomUUID().toString();
        itemOfLease.put(lease, item);
        given.add(lease);
      }
    }
    given.forEach(lease -> leases.add(lease(lease)));
    ObjectNode reply = JSON.createObjectNode();
    reply.set("leases", leases);
    mail(body, reply);
    return reply.put("open", open()).put("mine", answers.size()).put("state", "RUNNING");
  }

  private void mail(JsonNode body, ObjectNode reply) {
    body.path("seen")
        .forEach(
            one -> {
              seen.add(one.asText());
              replies.remove(one.asText());
            });
    ArrayNode answered = reply.putArray("questionsAnswered");
    List<String> newest = new ArrayList<>(replies.keySet());
    java.util.Collections.reverse(newest);
    for (String question : newest) {
      answered
          .addObject()
          .put("question", question)
          .put("externalId", "garment-" + question)
          .put("text", "What is " + question + "?")
          .put("answer", replies.get(question));
    }
  }

  private int open() {
    int open = 0;
    for (int item = 0; item < done.length; item++) {
      open += done[item] || itemOfLease.containsValue(item) ? 0 : 1;
    }
    return open;
  }

  private ObjectNode lease(String lease) {
    int item = itemOfLease.get(lease);
    ObjectNode node =
        JSON.createObjectNode()
            .put("lease", lease)
            .put("task", "task-" + item)
            .put("expiresAt", Instant.now().plusSeconds(600).toString());
    node.set("item", job.item(item));
    if (job.suggested() != null) {
      ObjectNode prelabel = node.putObject("prelabel").put("confidence", 0.4);
      prelabel.putArray("classes").add(job.suggested());
    }
    return node;
  }

  private void answer(HttpExchange exchange, JsonNode body) throws IOException {
    answerRequests++;
    takeTime();
    String key = body.get("key").asText();
    if (mood == Mood.ANSWER_REFUSED) {
      problem(exchange, 409, "already-answered", "You have answered this item with another key.");
      return;
    }
    if (!answers.containsKey(key)) {
      Integer item = itemOfLease.remove(body.get("lease").asText());
      if (item == null) {
        problem(exchange, 404, "not-found", "This lease is not known.");
        return;
      }
      done[item] = true;
      ObjectNode stored = body.deepCopy();
      answers.put(key, stored.put("item", item));
    }
    if (mood == Mood.ANSWER_LOST_AFTER_COMMIT) {
      exchange.close();
      return;
    }
    ObjectNode why = JSON.createObjectNode().put("reason", "LOW_MARGIN");
    why.put("text", "The model wavered between coat and shirt: 48 % against 45 %.");
    ObjectNode reply = JSON.createObjectNode().put("key", key).put("answer", key);
    reply.put("undoUntil", Instant.now().plusSeconds(10).toString()).put("surplus", false);
    reply.set("why", why);
    reply(exchange, reply);
  }

  private void takeTime() {
    try {
      Thread.sleep(answerMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void undo(HttpExchange exchange, JsonNode body) throws IOException {
    String key = body.get("key").asText();
    ObjectNode answer = answers.remove(key);
    ObjectNode reply = JSON.createObjectNode().put("undone", true);
    if (answer == null && !undone.contains(key)) {
      problem(exchange, 404, "labeling/answer-not-found", "You gave no such answer.");
      return;
    }
    if (answer == null) {
      reply(exchange, reply.putNull("lease"));
      return;
    }
    undone.add(key);
    int item = answer.get("item").asInt();
    done[item] = false;
    String lease = answer.get("lease").asText();
    itemOfLease.put(lease, item);
    reply.set("lease", lease(lease));
    reply(exchange, reply);
  }

  private void skip(HttpExchange exchange, JsonNode body) throws IOException {
    Integer item = itemOfLease.remove(body.get("lease").asText());
    if (item == null) {
      problem(exchange, 404, "not-found", "This lease is not known.");
      return;
    }
    done[item] = true;
    skips.add(body);
    reply(exchange, JSON.createObjectNode().put("skipped", true));
  }

  synchronized int farewells() {
    return farewells;
  }

  /** Leases of pages that went away and did not renew them since. */
  synchronized Set<String> left() {
    return Set.copyOf(left);
  }

  private ObjectNode renew(JsonNode body) {
    ObjectNode reply = JSON.createObjectNode();
    ArrayNode renewed = reply.putArray("leases");
    ArrayNode lost = reply.putArray("lost");
    for (JsonNode lease : body.get("leases")) {
      if (itemOfLease.containsKey(lease.asText())) {
        left.remove(lease.asText());
        renewed
            .addObject()
            .put("lease", lease.asText())
            .put("expiresAt", Instant.now().plusSeconds(600).toString());
      } else {
        lost.add(lease.asText());
      }
    }
    mail(body, reply);
    return reply;
  }

  private ObjectNode summary() {
    ObjectNode reply = JSON.createObjectNode().put("open", open()).put("state", "RUNNING");
    reply
        .putObject("mine")
        .put("answers", answers.size())
        .put("today", answers.size())
        .put("activeMillisToday", 0);
    reply.putArray("questionsAnswered");
    return reply;
  }

  private static void reply(HttpExchange exchange, JsonNode body) throws IOException {
    FrontEnd.answer(exchange, 200, "application/json", JSON.writeValueAsBytes(body));
  }

  private static void problem(HttpExchange exchange, int status, String code, String detail)
      throws IOException {
    ObjectNode body = JSON.createObjectNode().put("status", status).put("code", code);
    byte[] bytes = JSON.writeValueAsBytes(body.put("title", detail).put("detail", detail));
    FrontEnd.answer(exchange, status, "application/problem+json", bytes);
  }
}
