package org.atelier.dataset.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads pictures from a folder or an archive, with or without a labels file; {@link PictureMapping}
 * says how. Row numbers count items in their order: first those of the labels file, then the rest
 * by name.
 */
public final class PictureTreeReader implements RowReader {

  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "jpe", "jif", "jfif", "png", "webp", "gif");

  /** Pictures that people have and that are not read; other files are left out. */
  private static final Set<String> OTHER_PICTURES =
      Set.of(
          "avif", "bmp", "cr2", "cr3", "dng", "heic", "heif", "ico", "jp2", "jxl", "nef", "arw",
          "pbm", "pgm", "pnm", "ppm", "psd", "raw", "svg", "tga", "tif", "tiff");

  private static final String OTHER_KIND =
      "This kind of picture is not read; save it as JPEG, PNG, WebP or GIF";
  private static final String NO_ENDING =
      "The name has no ending that says what it is, such as .jpg, .png, .webp or .gif";
  private static final int MOST_VIEWS = 100;
  private static final int NAMED = 5;
  private static final String TOO_MANY_NAMED =
      "The item %s has more than %d views; what comes before two underscores names the item";

  private final FileTree tree;
  private final PictureMapping mapping;
  private final RowLimits limits;
  private final List<String> pictures;
  private final Map<String, Item> items = new LinkedHashMap<>();
  private final List<String[]> faults = new ArrayList<>();
  private final LeftOut leftOut;
  private long position;

  /**
   * Reads the labels file; pictures are opened later.
   *
   * @throws UnreadableSourceException when the labels file lacks a column or there is no picture
   */
  public PictureTreeReader(FileTree tree, PictureMapping mapping, RowLimits limits)
      throws IOException {
    this.tree = tree;
    this.mapping = mapping;
    this.limits = limits;
    this.pictures = tree.files().stream().filter(file -> ENDINGS.contains(ending(file))).toList();
    List<String> others = nameOtherPictures();
    String labels = LabelsFile.in(tree, mapping.labelsFile());
    this.leftOut = LeftOut.of(others, labels);
    Set<String> named = labels == null ? Set.of() : readLabels(labels);
    for (String picture : pictures) {
      if (!named.contains(picture)) {
        addUnnamed(picture);
      }
    }
    if (items.isEmpty() && faults.isEmpty()) {
      throw new UnreadableSourceException(
          tree.name() + ": expected pictures (JPEG, PNG, WebP, GIF), found none" + found());
    }
  }

  @Override
  public LeftOut leftOut() {
    return leftOut;
  }

  @Override
  public long total() {
    return tree.refused().size() + (long) faults.size() + items.size();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void read(RowSink sink) throws IOException {
    for (FileTree.Refused refused : tree.refused()) {
      sink.refused(++position, refused.file(), refused.reason());
    }
    for (String[] fault : faults) {
      sink.refused(++position, fault[0], fault[1]);
    }
    for (Map.Entry<String, Item> entry : items.entrySet()) {
      Item item = entry.getValue();
      String fault = limits.idFault(item.id, "item");
      if (fault != null) {
        sink.refused(++position, item.id, fault);
      } else {
        sink.row(
            new SourceRow(
                ++position, item.id, null, item.views(tree), item.metadata, item.labels, null));
      }
    }
  }

  @Override
  public void close() throws IOException {
    tree.close();
  }

  private Set<String> readLabels(String file) throws IOException {
    LabelRows rows = new LabelRows(file);
    try (CsvRows csv = new CsvRows(tree.open(file), file, ',', null, limits)) {
      csv.read(rows);
    }
    return rows.named;
  }

  private void addUnnamed(String picture) {
    String id = picture;
    String view = "image";
    int dot = picture.lastIndexOf('.');
    int split = picture.lastIndexOf("__");
    if (split > picture.lastIndexOf('/') + 1 && split + 2 < dot) {
      id = picture.substring(0, split);
      view = picture.substring(split + 2, dot);
    }
    Item item = items.computeIfAbsent(id, Item::new);
    if (item.files.containsKey(view)) {
      faults.add(new String[] {picture, "The item " + id + " has another view " + view});
    } else if (item.files.size() >= MOST_VIEWS) {
      faults.add(new String[] {picture, TOO_MANY_NAMED.formatted(id, MOST_VIEWS)});
    } else {
      item.files.put(view, picture);
    }
    if (mapping.labelsFromFolders() && item.labels == null) {
      item.labels = folderLabel(picture);
    }
  }

  private static List<String> folderLabel(String picture) {
    int end = picture.lastIndexOf('/');
    return end < 0 ? null : List.of(picture.substring(picture.lastIndexOf('/', end - 1) + 1, end));
  }

  private String found() {
    List<String> names = leftOut.names().subList(0, Math.min(NAMED, leftOut.names().size()));
    return names.isEmpty()
        ? ""
        : " among the other files: %s%s"
            .formatted(String.join(", ", names), leftOut.count() > names.size() ? ", …" : "");
  }

  /** Refuses pictures of other kinds by name; answers the files that are no pictures at all. */
  private List<String> nameOtherPictures() {
    List<String> others = new ArrayList<>(tree.hidden());
    for (String file : tree.files()) {
      String ending = ending(file);
      if (OTHER_PICTURES.contains(ending)) {
        faults.add(new String[] {file, OTHER_KIND});
      } else if (ending.isEmpty() && beginsLikeAPicture(file)) {
        faults.add(new String[] {file, NO_ENDING});
      } else if (!ENDINGS.contains(ending)) {
        others.add(file);
      }
    }
    return others;
  }

  /** A file that cannot be opened is none: other files may be as they are. */
  private boolean beginsLikeAPicture(String file) {
    try (InputStream in = tree.open(file)) {
      String start = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
      return start.startsWith("\u00ff\u00d8\u00ff")
          || start.startsWith("\u0089PNG")
          || start.startsWith("GIF8")
          || start.startsWith("RIFF") && start.endsWith("WEBP");
    } catch (IOException e) {
      return false;
    }
  }

  /** In small letters, empty without one. */
  private static String ending(String file) {
    int dot = file.lastIndexOf('.');
    return dot <= file.lastIndexOf('/') ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** An item being put together. */
  private static final class Item {

    private final String id;
    private final Map<String, String> files = new LinkedHashMap<>();
    private Map<String, Object> metadata = Map.of();
    private List<String> labels;
    private boolean ordered;

    private Item(String id) {
      this.id = id;
    }

    private List<SourceView> views(FileTree tree) {
      List<SourceView> views = new ArrayList<>();
      for (String name : names()) {
        String file = files.get(name);
        views.add(new SourceView.EncodedFile(name, file, tree.size(file), () -> tree.open(file)));
      }
      return views;
    }

    /** In the order of the labels file, where one names them; else the front before the rest. */
    private List<String> names() {
      List<String> names = new ArrayList<>(files.keySet());
      if (!ordered) {
        names.sort(
            Comparator.comparing(name -> !name.toLowerCase(Locale.ROOT).startsWith("front")));
      }
      return names;
    }
  }

  private final class LabelRows implements CsvRows.Handler {

    private final String file;
    private final String folder;
    private final Set<String> named = new LinkedHashSet<>();
    private final Map<String, String> byPath = new HashMap<>();
    private final Map<String, String> byBareName = new HashMap<>();
    private List<String> names;
    private int image;
    private int item;
    private int view;
    private int label;

    private LabelRows(String file) {
      this.file = file;
      this.folder = file.substring(0, file.lastIndexOf('/') + 1);
      for (String picture : pictures) {
        byPath.put(picture, picture);
        String bare = picture.substring(picture.lastIndexOf('/') + 1);
        byBareName.merge(bare, picture, (a, b) -> "");
      }
    }

    @Override
    public void header(List<String> header) throws IOException {
      names = header;
      String imageColumn = mapping.imageColumn() == null ? "image" : mapping.imageColumn();
      image = CsvRows.find(names, imageColumn, file);
      item = optional(mapping.itemColumn(), "item");
      view = optional(mapping.viewColumn(), "view");
      label = optional(mapping.labelColumn(), "label");
    }

    private int optional(String column, String usual) throws IOException {
      return column == null ? names.indexOf(usual) : CsvRows.find(names, column, file);
    }

    @Override
    public void row(long line, List<String> fields) {
      String given = fields.get(image).strip();
      String picture = find(given);
      if (picture == null) {
        fault(line, given, "There is no picture " + given);
        return;
      }
      named.add(picture);
      String id = item < 0 ? given : fields.get(item).strip();
      String viewName = view < 0 ? "" : fields.get(view).strip();
      Item target = items.computeIfAbsent(id, Item::new);
      if (target.files.isEmpty()) {
        target.metadata = metadata(fields);
        target.labels = label < 0 ? null : mapping.labels(fields.get(label));
      }
      List<String> said = label < 0 ? null : mapping.labels(fields.get(label));
      if (item >= 0 && said != null && !said.isEmpty() && !said.equals(target.labels)) {
        fault(line, id, "The item has other labels in an earlier row: " + target.labels);
        return;
      }
      String name = viewName.isEmpty() ? defaultName(target) : viewName;
      if (target.files.containsKey(name)) {
        String what = item < 0 ? "The picture is named twice" : "The item has two views " + name;
        fault(line, id, what);
      } else if (target.files.size() >= MOST_VIEWS) {
        fault(line, id, "The item has more than " + MOST_VIEWS + " views");
      } else {
        target.files.put(name, picture);
        target.ordered = true;
      }
    }

    @Override
    public void refused(long line, List<String> fields, String reason) {
      String id = fields == null || image >= fields.size() ? null : fields.get(image);
      String picture = id == null ? null : find(id.strip());
      if (picture != null) {
        // It waits for its row to be mended, rather than come in without label and metadata.
        named.add(picture);
      }
      fault(line, id, reason);
    }

    private String defaultName(Item target) {
      return target.files.isEmpty() || item < 0 ? "image" : "image " + (target.files.size() + 1);
    }

    private String find(String given) {
      String path = byPath.get(folder + given);
      if (path == null) {
        path = byPath.get(given);
      }
      if (path == null) {
        path = byBareName.get(given);
      }
      return path == null || path.isEmpty() ? null : path;
    }

    private Map<String, Object> metadata(List<String> fields) {
      Map<String, Object> metadata = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        boolean other = i != image && i != item && i != view && i != label;
        if (other && !fields.get(i).isEmpty()) {
          metadata.put(names.get(i), fields.get(i));
        }
      }
      return metadata;
    }

    private void fault(long line, String id, String reason) {
      faults.add(new String[] {id, "%s, line %,d: %s".formatted(file, line, reason)});
    }
  }
}
