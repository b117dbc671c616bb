package org.atelier.dataset.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.atelier.dataset.ViewRef;
import org.atelier.dataset.catalog.Burials;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.catalog.NewItem;
import org.atelier.dataset.catalog.NewPicture;
import org.atelier.dataset.catalog.VersionDigest;
import org.atelier.dataset.format.RowReader;
import org.atelier.dataset.format.RowSink;
import org.atelier.dataset.format.SourceRow;
import org.atelier.dataset.format.SourceView;
import org.atelier.dataset.format.UnreadableSourceException;
import org.atelier.dataset.intake.RowPreparation.RowFaultException;
import org.atelier.dataset.picture.CleanPicture;
import org.atelier.dataset.picture.GreyPng;
import org.atelier.dataset.picture.PictureCleaner;
import org.atelier.dataset.picture.PictureRefusedException;
import org.atelier.platform.Sha256;
import org.atelier.platform.storage.BlobBatch;
import org.atelier.platform.storage.ObjectStore;

/**
 * One attempt to import: reads rows in steps of bounded size and writes each step, with its place
 * in the source, in one transaction. So a later attempt goes on after the last step and nothing is
 * taken twice. While a step is written the next one is read. For one thread.
 */
final class ImportRun implements RowSink {

  private static final int MOST_TEXTS = 10_000;
  private static final int MOST_PICTURES = 4_000;

  /** Pictures take long: the first steps are small, so that somebody who waits sees numbers. */
  private static final int FIRST_PICTURES = 250;

  private static final long MOST_BYTES = 32L << 20;

  /** Bytes of the pictures of one row, which are all in memory at once. */
  private static final long MOST_ROW_BYTES = 256L << 20;

  /** What an attempt works with. */
  record Tools(
      Transactions transactions,
      ObjectStore objects,
      PictureCleaner cleaner,
      ExecutorService threads) {}

  /** Told after every step. */
  interface Watcher {

    /** Throws to stop before the next step. */
    void after(long position, long total) throws StoppedException;
  }

  /** The attempt shall stop; carries why. */
  static final class StoppedException extends IOException {

    private static final long serialVersionUID = 1L;

    StoppedException(Throwable cause) {
      super("stopped", cause);
    }
  }

  private final Tools tools;
  private final UUID importId;
  private final UUID projectId;
  private final UUID datasetId;
  private final RowReader reader;
  private final RowPreparation preparation;
  private final Watcher watcher;
  private final KnownItems known;
  private final List<Pending> pending = new ArrayList<>();
  private final List<RefusedRow> refused = new ArrayList<>();
  private final ExecutorService writer = Executors.newSingleThreadExecutor();
  private final long done;
  private long handedOver;
  private long last;
  private long pendingBytes;
  private int pictureStep = FIRST_PICTURES;
  private Step writing;
  private Future<Void> written;

  ImportRun(
      Tools tools, ImportRow row, RowReader reader, RowPreparation preparation, Watcher watcher) {
    this.tools = tools;
    this.importId = row.id();
    this.projectId = row.projectId();
    this.datasetId = row.datasetId();
    this.reader = reader;
    this.preparation = preparation;
    this.watcher = watcher;
    this.done = row.rowsDone();
    this.last = done;
    this.handedOver = done;
    this.known = tools.transactions.call(h -> new KnownItems(h, datasetId));
  }

  /** Reads everything that is not done. */
  void run() throws IOException {
    try {
      reader.read(this);
      flush();
      settle();
    } finally {
      rest();
    }
  }

  /** Nothing is written any more when the attempt is over. */
  private void rest() {
    writer.shutdown();
    boolean interrupted = false;
    while (!writer.isTerminated()) {
      try {
        writer.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void row(SourceRow row) throws IOException {
    if (row.number() <= done) {
      return;
    }
    last = row.number();
    String fault = preparation.fault(row);
    if (fault != null) {
      refuse(row, fault);
      return;
    }
    try {
      String metadata = preparation.metadata(row);
      List<Future<Stored>> pictures = new ArrayList<>();
      long before = pendingBytes;
      for (SourceView view : row.views()) {
        requireRoom(pendingBytes - before, view);
        pictures.add(submit(view));
      }
      pending.add(new Pending(row, metadata, pictures));
      pendingBytes += row.text() == null ? 0 : row.text().length() * 2L + metadata.length();
    } catch (RowFaultException | PictureRefusedException e) {
      refuse(row, e.getMessage());
    }
    boolean full = pending.size() >= (row.views().isEmpty() ? MOST_TEXTS : pictureStep);
    if (full || pendingBytes >= MOST_BYTES) {
      pictureStep = Math.min(2 * pictureStep, MOST_PICTURES);
      flush();
    }
  }

  @Override
  public void refused(long number, String externalId, String reason) throws IOException {
    if (number <= done) {
      return;
    }
    last = number;
    refused.add(new RefusedRow(number, 0, externalId, reason));
    if (refused.size() >= MOST_TEXTS) {
      flush();
    }
  }

  private void refuse(SourceRow row, String reason) throws IOException {
    refused(row.number(), row.externalId(), reason);
  }

  private static void requireRoom(long taken, SourceView view) throws RowFaultException {
    long size = view instanceof SourceView.EncodedFile file ? Math.max(file.size(), 0) : 0;
    if (taken + size > MOST_ROW_BYTES) {
      throw new RowFaultException("The pictures of the item have more than 256 MiB together");
    }
  }

  private Future<Stored> submit(SourceView view)
      throws PictureRefusedException, UnreadableSourceException {
    if (view instanceof SourceView.GreyPixels grey) {
      pendingBytes += grey.pixels().length;
      return tools.threads.submit(() -> encode(grey));
    }
    SourceView.EncodedFile encoded = (SourceView.EncodedFile) view;
    byte[] bytes;
    try (InputStream in = encoded.opener().open()) {
      bytes = tools.cleaner.read(in);
    } catch (UnreadableSourceException e) {
      throw e;
    } catch (IOException e) {
      throw new PictureRefusedException(
          encoded.fileName() + " cannot be read: it is missing or damaged");
    }
    pendingBytes += bytes.length;
    return tools.threads.submit(() -> clean(encoded, bytes));
  }

  private static Stored encode(SourceView.GreyPixels grey) {
    try (GreyPng png = new GreyPng()) {
      byte[] file = png.encode(grey.pixels(), grey.width(), grey.height());
      return Stored.of(
          grey.name(), new CleanPicture(file, "image/png", grey.width(), grey.height()));
    }
  }

  private Stored clean(SourceView.EncodedFile file, byte[] bytes) throws PictureRefusedException {
    return Stored.of(
        file.name(), PictureLook.at(file.fileName(), () -> tools.cleaner.clean(bytes)));
  }

  /** A picture with the digest it will be stored under. */
  private record Stored(ViewRef view, CleanPicture picture) {

    static Stored of(String name, CleanPicture picture) {
      String digest = Sha256.of(picture.bytes());
      return new Stored(new ViewRef(name, digest, picture.width(), picture.height()), picture);
    }
  }

  private record Pending(SourceRow row, String metadata, List<Future<Stored>> pictures) {}

  /** What is written in one transaction, and the place in the source after it. */
  private record Step(
      List<NewItem> items,
      Map<String, CleanPicture> pictures,
      List<RefusedRow> refused,
      long last,
      long position) {}

  private void flush() throws IOException {
    if (last == handedOver) {
      return;
    }
    List<NewItem> items = new ArrayList<>(pending.size());
    Map<String, CleanPicture> pictures = new LinkedHashMap<>();
    for (Pending one : pending) {
      gather(one, items, pictures);
    }
    Step step = new Step(items, pictures, List.copyOf(refused), last, reader.position());
    pending.clear();
    refused.clear();
    pendingBytes = 0;
    settle();
    handedOver = last;
    writing = step;
    written =
        writer.submit(
            () -> {
              known.remember(tools.transactions.call(h -> write(h, step)));
              return null;
            });
  }

  /** Waits until the step before is in. */
  private void settle() throws IOException {
    if (writing == null) {
      return;
    }
    Step step = writing;
    writing = null;
    try {
      written.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IOException("A step could not be written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException(e);
    }
    watcher.after(step.position, reader.total());
  }

  private void gather(Pending one, List<NewItem> items, Map<String, CleanPicture> pictures)
      throws IOException {
    List<ViewRef> views = new ArrayList<>();
    try {
      for (Future<Stored> future : one.pictures) {
        Stored stored = future.get();
        views.add(stored.view);
        pictures.put(stored.view.sha256(), stored.picture);
      }
      items.add(preparation.item(one.row, one.metadata, views));
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof PictureRefusedException)) {
        throw new IOException("A picture could not be looked at", e.getCause());
      }
      refused.add(
          new RefusedRow(one.row.number(), 0, one.row.externalId(), e.getCause().getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException(e);
    }
  }

  private List<NewItem> write(org.jdbi.v3.core.Handle h, Step step) {
    List<NewItem> items = step.items;
    Burials.holdObjects(h);
    var dataset = CatalogWrites.lock(h, projectId, datasetId);
    ImportRow row = ImportRepository.find(h, importId).orElseThrow();
    if (!row.state().equals("RUNNING")) {
      throw new NoLongerRunningException();
    }
    List<NewItem> added = new ArrayList<>(items.size());
    int present = 0;
    List<RefusedRow> refusals = new ArrayList<>(step.refused);
    List<KnownItems.Verdict> verdicts = known.judge(h, items);
    for (int i = 0; i < items.size(); i++) {
      switch (verdicts.get(i).finding()) {
        case NEW -> added.add(items.get(i));
        case PRESENT -> present++;
        default ->
            refusals.add(
                new RefusedRow(
                    items.get(i).row(), 1, items.get(i).externalId(), verdicts.get(i).reason()));
      }
    }
    store(h, added, step.pictures);
    CatalogWrites.addItems(h, dataset, row.pendingVersion(), added);
    Refusals.add(h, importId, refusals);
    int labeled = (int) added.stream().filter(item -> item.labels() != null).count();
    ImportRepository.advance(
        h,
        importId,
        new ImportRepository.Step(
            step.last,
            step.position,
            chain(row.chain(), added),
            added.size(),
            present,
            refusals.size(),
            labeled));
    return added;
  }

  private static String chain(String chain, List<NewItem> added) {
    if (chain == null) {
      return null;
    }
    VersionDigest digest = new VersionDigest(chain);
    added.forEach(item -> digest.add(item.digest(), item.externalId(), item.labels()));
    return digest.hex();
  }

  /** Puts the pictures of new items, before the transaction that names them commits. */
  private void store(
      org.jdbi.v3.core.Handle h, List<NewItem> added, Map<String, CleanPicture> pictures) {
    Map<String, NewPicture> stored = new LinkedHashMap<>();
    try (BlobBatch batch = tools.objects.batch()) {
      for (NewItem item : added) {
        for (ViewRef view : item.views()) {
          CleanPicture picture = pictures.get(view.sha256());
          if (!stored.containsKey(view.sha256())) {
            batch.put(picture.bytes(), picture.mediaType());
            stored.put(
                view.sha256(),
                new NewPicture(
                    view.sha256(),
                    picture.mediaType(),
                    picture.bytes().length,
                    view.width(),
                    view.height()));
          }
        }
      }
      if (!stored.isEmpty()) {
        batch.commit();
      }
    }
    CatalogWrites.addPictures(h, projectId, stored.values());
  }

  /** Somebody cancelled the import meanwhile. */
  static final class NoLongerRunningException extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }
}
