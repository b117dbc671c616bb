package org.atelier.learning.loop;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemRow;
import org.atelier.learning.pool.FeatureMethod;
import org.atelier.learning.pool.PoolSource;

/**
 * How often each of four kinds of words is in a text of a {@link TextPool}; counts what it reads.
 */
@Singleton
class CountingFeatures implements FeatureMethod {

  static final String NAME = "counting";

  final AtomicInteger learnings = new AtomicInteger();
  final AtomicInteger itemsRead = new AtomicInteger();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean reads(ItemKind kind) {
    return kind == ItemKind.TEXT;
  }

  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public String recipe(UUID datasetId) {
    return "counting 1";
  }

  @Override
  public String description() {
    return "counts of four kinds of words";
  }

  @Override
  public Computed learn(PoolSource source, Path learned, Path into, Progress progress)
      throws IOException {
    learnings.incrementAndGet();
    Files.writeString(learned, "four kinds");
    return apply(learned, source, into, progress);
  }

  @Override
  public Computed apply(Path learned, PoolSource source, Path into, Progress progress)
      throws IOException {
    if (!Files.readString(learned).equals("four kinds")) {
      throw new IOException("what was learned is gone");
    }
    ByteBuffer values =
        ByteBuffer.allocate(source.rows() * TextPool.CLASSES * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    source.read(
        (first, items) -> {
          for (ItemRow item : items) {
            itemsRead.incrementAndGet();
            for (int kind = 0; kind < TextPool.CLASSES; kind++) {
              values.putFloat(count(item.text(), "word" + (char) ('a' + kind)) / 4f);
            }
          }
        });
    Files.write(into, values.array());
    return new Computed(Layout.DENSE, TextPool.CLASSES, TextPool.CLASSES);
  }

  private static int count(String text, String start) {
    int count = 0;
    for (String word : text.toLowerCase(Locale.ROOT).split(" ")) {
      count += word.startsWith(start) ? 1 : 0;
    }
    return count;
  }
}
