package org.atelier.labeling.workpage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

/** A job for tests of the work page: its configuration and its items. */
record SampleJob(
    String taskType,
    String itemKind,
    boolean submitOnChoice,
    Labels labels,
    int size,
    Integer suggested) {

  static final String PERSON = "0190f000-0000-7000-8000-000000000001";
  static final List<String> GARMENTS =
      List.of(
          "T-shirt",
          "Trousers",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");
  private static final String BASE = "/p/autumn-2027/jobs/7/work/";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Integer, byte[]> PICTURES = new ConcurrentHashMap<>();

  /** Which label set the job has. */
  enum Labels {
    TEN,
    TREE
  }

  SampleJob(String taskType, String itemKind, boolean submitOnChoice, Labels labels, int size) {
    this(taskType, itemKind, submitOnChoice, labels, size, null);
  }

  /** The same, showing that the model takes every item for the label with this index. */
  SampleJob showing(int index) {
    return new SampleJob(taskType, itemKind, submitOnChoice, labels, size, index);
  }

  static SampleJob pictures(int size) {
    return new SampleJob("SINGLE", "IMAGE", true, Labels.TEN, size);
  }

  ObjectNode config(String personId, String token) {
    ObjectNode config =
        JSON.createObjectNode()
            .put("jobId", "7")
            .put("title", "Autumn catalogue: which garment is it?")
            .put("projectSlug", "autumn-2027")
            .put("taskType", taskType)
            .put("itemKind", itemKind)
            .put("submitOnChoice", submitOnChoice)
            .put("graceSeconds", 300)
            .put("leaseSeconds", 600)
            .put("answersPerItem", 1)
            .put("showPrelabels", suggested != null)
            .put("personId", personId)
            .put(
                "instructionsHtml",
                "<p>Look at the collar first. A shirt has one, a T-shirt has none.</p>");
    config.putObject("csrf").put("header", "X-CSRF-TOKEN").put("token", token);
    ObjectNode urls = config.putObject("urls");
    for (String act :
        List.of(
            "claim",
            "answers",
            "undo",
            "skip",
            "release",
            "leave",
            "renew",
            "question",
            "summary")) {
      urls.put(act, BASE + act);
    }
    urls.put("job", "/p/autumn-2027/jobs/7").put("signIn", "/sign-in").put("myWork", "/my-work");
    config.set("labels", labels == Labels.TEN ? ten() : tree());
    return config;
  }

  ObjectNode item(int index) {
    ObjectNode item = JSON.createObjectNode().put("id", "item-" + index);
    item.put("externalId", String.format("garment-%04d", index)).put("kind", itemKind);
    if (itemKind.equals("TEXT")) {
      item.put("text", index == 0 ? "<img src=x onerror=alert(1)> <b>bold</b>?" : text(index));
    } else {
      item.putNull("text");
    }
    ArrayNode views = item.putArray("views");
    int count = itemKind.equals("TEXT") ? 0 : index % 3 == 0 ? 2 : 1;
    for (int view = 0; view < count; view++) {
      views
          .addObject()
          .put("name", view == 0 ? "front" : "back")
          .put("url", "/pictures/" + index + "-" + view + ".png")
          .put("width", 600)
          .put("height", 750);
    }
    item.putObject("metadata")
        .put("brand", "Maison " + (char) ('A' + index % 26))
        .put("price", "€ " + (39 + index * 7 % 200))
        .put("season", "Autumn 2027");
    return item;
  }

  private static String text(int index) {
    return "Number "
        + index
        + ". A soft brushed cotton, cut wide at the shoulder, with two pockets "
        + "below the waist and a collar that stands. It is worn open over a thin pullover.";
  }

  /** One of 48 garment-like drawings as PNG bytes, drawn once. */
  static byte[] picture(int index, int view) {
    return PICTURES.computeIfAbsent(index % 24 * 2 + view, key -> draw(key / 2, key % 2));
  }

  private static byte[] draw(int index, int view) {
    BufferedImage image = new BufferedImage(600, 750, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setColor(new Color(0xe9e4da));
    canvas.fillRect(0, 0, 600, 750);
    canvas.setColor(Color.getHSBColor(index * 0.137f % 1, 0.25f, view == 0 ? 0.72f : 0.55f));
    Path2D shape = new Path2D.Double();
    shape.moveTo(220, 140);
    shape.quadTo(300, 190, 380, 140);
    shape.lineTo(500 + index * 13 % 40, 250);
    shape.lineTo(480, 330);
    shape.lineTo(420, 300);
    shape.lineTo(430 + index * 7 % 30, 560 + index * 29 % 90);
    shape.lineTo(170 - index * 7 % 30, 560 + index * 29 % 90);
    shape.lineTo(180, 300);
    shape.lineTo(120, 330);
    shape.lineTo(100 - index * 13 % 40, 250);
    shape.closePath();
    canvas.fill(shape);
    canvas.setColor(new Color(0x2a2622));
    canvas.draw(shape);
    canvas.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static ArrayNode ten() {
    ArrayNode labels = JSON.createArrayNode();
    for (String name : GARMENTS) {
      label(labels, name, null, true);
    }
    return labels;
  }

  /** Four groups of fifteen: more labels than keys. */
  private static ArrayNode tree() {
    ArrayNode labels = JSON.createArrayNode();
    for (String group : List.of("Tops", "Bottoms", "Shoes", "Bags")) {
      int parent = labels.size();
      label(labels, group, null, false);
      for (int index = 1; index <= 15; index++) {
        label(labels, group.substring(0, group.length() - 1) + " style " + index, parent, true);
      }
    }
    return labels;
  }

  private static void label(ArrayNode labels, String name, Integer parent, boolean selectable) {
    ObjectNode label = labels.addObject().put("index", labels.size() - 1).put("name", name);
    label.putNull("color").putNull("shortcut").putNull("description").putArray("examples");
    label.put("selectable", selectable);
    if (parent == null) {
      label.putNull("parent");
    } else {
      label.put("parent", parent.intValue());
    }
  }
}
