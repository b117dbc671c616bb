package org.atelier.dataset.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ItemLabel.ClassConfidence;
import org.atelier.dataset.ViewRef;

/**
 * Writes a Ground Truth output manifest: each line is the input line unchanged, then the label
 * attribute, which no line has ({@link LabelAttributes}), and its metadata. Items without a label
 * are written through unchanged. That simulated people answered does not stand in it: its keys are
 * Ground Truth's own.
 *
 * <p>Source: Amazon SageMaker Developer Guide, "Labeling job output data".
 */
final class ManifestWriter implements ItemWriter {

  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Set<String> INPUT_NAMES =
      Set.of("source", "source-ref", "views", "id", "known-labels");
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Writer out;
  private final ExportFacts facts;
  private final ObjectMapper json = new ObjectMapper();

  ManifestWriter(Writer out, ExportFacts facts) {
    this.out = out;
    this.facts = facts;
  }

  @Override
  public void write(ExportItem item) throws IOException {
    String line = item.line() == null ? inputLine(item) : item.line().strip();
    boolean labeled = facts.source() != null && item.label() != null;
    if (!labeled) {
      out.write(line);
      out.write('\n');
      return;
    }
    String attribute = facts.source().attribute();
    out.write(line, 0, line.length() - 1);
    JsonGenerator part = FACTORY.createGenerator(out);
    part.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    part.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    part.setRootValueSeparator(null);
    out.write(',');
    writeName(attribute);
    writeValue(part, item.label());
    part.flush();
    out.write(',');
    writeName(attribute + "-metadata");
    writeMetadata(part, item.label());
    part.flush();
    out.write("}\n");
  }

  private void writeName(String name) throws IOException {
    out.write('"');
    out.write(com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(name));
    out.write("\":");
  }

  /** Single-label: the class index as a string; multi-label: indexes at least one worker chose. */
  private void writeValue(JsonGenerator part, ItemLabel label) throws IOException {
    if (!facts.multiLabel()) {
      part.writeString(Integer.toString(label.classes()[0]));
      return;
    }
    part.writeStartArray();
    for (ClassConfidence mentioned : mentioned(label)) {
      part.writeNumber(mentioned.classIndex());
    }
    part.writeEndArray();
  }

  private void writeMetadata(JsonGenerator part, ItemLabel label) throws IOException {
    String yes = label.source() == ItemLabel.Source.HUMAN ? "yes" : "no";
    String created = created(label.createdAt());
    part.writeStartObject();
    if (facts.multiLabel()) {
      part.writeStringField("job-name", "labeling-job/" + facts.source().name());
      part.writeObjectFieldStart("class-map");
      for (ClassConfidence mentioned : mentioned(label)) {
        int index = mentioned.classIndex();
        part.writeStringField(Integer.toString(index), facts.classNames().get(index));
      }
      part.writeEndObject();
      part.writeStringField("human-annotated", yes);
      part.writeStringField("creation-date", created);
      part.writeObjectFieldStart("confidence-map");
      for (ClassConfidence mentioned : mentioned(label)) {
        part.writeNumberField(
            Integer.toString(mentioned.classIndex()), confidence(label, mentioned.confidence()));
      }
      part.writeEndObject();
      part.writeStringField("type", type());
    } else {
      part.writeStringField("class-name", facts.classNames().get(label.classes()[0]));
      part.writeNumberField("confidence", confidence(label, label.confidence()));
      part.writeStringField("type", type());
      part.writeStringField("job-name", facts.source().name());
      part.writeStringField("human-annotated", yes);
      part.writeStringField("creation-date", created);
    }
    part.writeEndObject();
  }

  /** With one worker the confidence is 0.00; people's are rounded to two decimals. */
  static double confidence(ItemLabel label, double confidence) {
    if (label.source() == ItemLabel.Source.MACHINE) {
      return confidence;
    }
    return label.answerCount() <= 1 ? 0 : Math.round(confidence * 100) / 100.0;
  }

  private static List<ClassConfidence> mentioned(ItemLabel label) {
    if (!label.mentioned().isEmpty()) {
      return label.mentioned();
    }
    List<ClassConfidence> chosen = new ArrayList<>();
    for (int index : label.classes()) {
      chosen.add(new ClassConfidence(index, label.confidence()));
    }
    return chosen;
  }

  private String type() {
    return "groundtruth/"
        + (facts.isImage() ? "image" : "text")
        + "-classification"
        + (facts.multiLabel() ? "-multilabel" : "");
  }

  static String created(Instant at) {
    return CREATED.format(at);
  }

  /** The line an input manifest would have had for an item that came otherwise. */
  private String inputLine(ExportItem item) throws IOException {
    StringBuilder line = new StringBuilder("{");
    if (item.text() != null) {
      line.append("\"source\":").append(json.writeValueAsString(item.text()));
    } else {
      String reference = facts.pictures();
      ViewRef first = item.views().get(0);
      line.append("\"source-ref\":").append(json.writeValueAsString(reference + first.sha256()));
      if (item.views().size() > 1) {
        line.append(",\"views\":{");
        for (int i = 0; i < item.views().size(); i++) {
          ViewRef view = item.views().get(i);
          line.append(i == 0 ? "" : ",").append(json.writeValueAsString(view.name())).append(':');
          line.append(json.writeValueAsString(reference + view.sha256()));
        }
        line.append('}');
      }
    }
    line.append(",\"id\":").append(json.writeValueAsString(item.externalId()));
    if (facts.source() == null && item.known() != null) {
      line.append(",\"known-labels\":").append(json.writeValueAsString(item.known()));
    }
    return line.append(passedThrough(item)).append('}').toString();
  }

  private String passedThrough(ExportItem item) throws IOException {
    if (item.metadata().length() <= 2) {
      return "";
    }
    String rest = JsonFields.compact(JsonFields.without(item.metadata(), INPUT_NAMES));
    return rest.length() <= 2 ? "" : "," + rest.substring(1, rest.length() - 1);
  }
}
