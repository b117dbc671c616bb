package org.atelier.dataset.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ItemLabel.GivenAnswer;
import org.atelier.dataset.ViewRef;

/** Writes one JSON object per item with everything that is known of how its label came about. */
final class JsonItemWriter implements ItemWriter {

  private final JsonGenerator json;
  private final ExportFacts facts;

  JsonItemWriter(Writer out, ExportFacts facts) throws IOException {
    this.json = new JsonFactory().createGenerator(out);
    this.json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    this.json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    this.json.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString("\n"));
    this.facts = facts;
  }

  @Override
  public void write(ExportItem item) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", item.externalId());
    json.writeStringField("item", item.id().toString());
    if (item.text() == null) {
      writeViews(item);
    } else {
      json.writeStringField("text", item.text());
    }
    json.writeFieldName("metadata");
    json.writeRawValue(item.metadata());
    if (item.known() != null) {
      json.writeArrayFieldStart("known_labels");
      for (String known : item.known()) {
        json.writeString(known);
      }
      json.writeEndArray();
      json.writeStringField("known_labels_source", ExportFacts.knownSource(item));
      if (item.knownJob() != null) {
        json.writeStringField("known_labels_job", item.knownJob().toString());
      }
    }
    if (item.label() != null) {
      json.writeObjectFieldStart("label");
      writeLabel(item.label());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void writeViews(ExportItem item) throws IOException {
    json.writeArrayFieldStart("views");
    for (ViewRef view : item.views()) {
      json.writeStartObject();
      json.writeStringField("name", view.name());
      json.writeStringField("sha256", view.sha256());
      json.writeNumberField("width", view.width());
      json.writeNumberField("height", view.height());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeLabel(ItemLabel label) throws IOException {
    writeClasses(label.classes());
    json.writeStringField("source", Texts.lower(label.source()));
    json.writeNumberField("confidence", ManifestWriter.confidence(label, label.confidence()));
    json.writeNumberField("answer_count", label.answerCount());
    if (label.round() != null) {
      json.writeNumberField("round", label.round());
    }
    if (label.modelDigest() != null) {
      json.writeStringField("model", label.modelDigest());
    }
    if (facts.isRehearsal()) {
      json.writeBooleanField("rehearsal", true);
    }
    json.writeStringField("created_at", label.createdAt().toString());
    json.writeArrayFieldStart("answers");
    for (GivenAnswer answer : label.answers()) {
      json.writeStartObject();
      json.writeStringField("worker", answer.worker());
      writeClasses(answer.classes());
      json.writeStringField("at", answer.at().toString());
      json.writeNumberField("active_millis", answer.activeMillis());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeClasses(int[] classes) throws IOException {
    json.writeArrayFieldStart("classes");
    for (int index : classes) {
      json.writeNumber(index);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("names");
    for (int index : classes) {
      json.writeString(facts.classNames().get(index));
    }
    json.writeEndArray();
  }

  @Override
  public void end() throws IOException {
    json.writeRaw('\n');
    json.flush();
  }
}
