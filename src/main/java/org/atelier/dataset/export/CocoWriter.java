package org.atelier.dataset.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import org.atelier.dataset.ViewRef;

/**
 * Writes COCO JSON for classification: images, categories, and one annotation without a box per
 * label. Category ids are class indexes plus 1, image ids the items' numbers plus 1. Reads the
 * items twice. Source: cocodataset.org, "Data format".
 */
final class CocoWriter implements ItemWriter {

  private final JsonGenerator json;
  private final ExportFacts facts;
  private int pass;
  private long annotation;

  CocoWriter(Writer out, ExportFacts facts) throws IOException {
    this.json = new JsonFactory().createGenerator(out);
    this.json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    this.facts = facts;
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public void begin(int which) throws IOException {
    pass = which;
    if (pass == 0) {
      json.writeStartObject();
      json.writeObjectFieldStart("info");
      json.writeStringField("description", facts.dataset().name());
      json.writeStringField("version", Integer.toString(facts.version().number()));
      json.writeStringField("digest", facts.version().digest());
      if (facts.isRehearsal()) {
        json.writeBooleanField("rehearsal", true);
      }
      json.writeEndObject();
      json.writeArrayFieldStart("licenses");
      json.writeEndArray();
      writeCategories();
      json.writeArrayFieldStart("images");
    } else {
      json.writeEndArray();
      json.writeArrayFieldStart("annotations");
    }
  }

  private void writeCategories() throws IOException {
    json.writeArrayFieldStart("categories");
    for (int i = 0; i < facts.classNames().size(); i++) {
      json.writeStartObject();
      json.writeNumberField("id", i + 1);
      json.writeStringField("name", facts.classNames().get(i));
      json.writeStringField("supercategory", "");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void write(ExportItem item) throws IOException {
    if (pass == 0) {
      ViewRef view = item.views().get(0);
      json.writeStartObject();
      json.writeNumberField("id", item.ordinal() + 1);
      json.writeStringField("file_name", item.externalId());
      json.writeNumberField("width", view.width());
      json.writeNumberField("height", view.height());
      json.writeStringField("coco_url", facts.pictures() + view.sha256());
      json.writeEndObject();
      return;
    }
    int[] classes = facts.classes(item);
    if (classes != null) {
      for (int index : classes) {
        writeAnnotation(item, index);
      }
    }
  }

  private void writeAnnotation(ExportItem item, int index) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", ++annotation);
    json.writeNumberField("image_id", item.ordinal() + 1);
    json.writeNumberField("category_id", index + 1);
    json.writeNumberField("iscrowd", 0);
    if (item.label() != null) {
      json.writeNumberField(
          "score", ManifestWriter.confidence(item.label(), item.label().confidence()));
    }
    json.writeStringField("label_source", facts.labelSource(item));
    if (facts.job(item) != null) {
      json.writeStringField("job", facts.job(item));
    }
    json.writeEndObject();
  }

  @Override
  public void end() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }
}
