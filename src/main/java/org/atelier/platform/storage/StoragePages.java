package org.atelier.platform.storage;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;

/** What the installation keeps and what can go, for its administrators. */
@Path("/storage")
@Blocking
class StoragePages {

  private static final long KILO = 1000;
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  /** Numbers in words. */
  record Words(String objects, String objectBytes, String databaseBytes, String freeBytes) {}

  @CheckedTemplate(basePath = "platform")
  static class Templates {
    static native TemplateInstance storage(Words usage);
  }

  private final Storage storage;
  private final DailyCollection collection;
  private final StorageDesk desk;

  StoragePages(Storage storage, DailyCollection collection, StorageDesk desk) {
    this.storage = storage;
    this.collection = collection;
    this.desk = desk;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance show() {
    desk.requireAdministrator();
    StorageUsage usage = storage.usage();
    return Templates.storage(
        new Words(
            String.format(Locale.ENGLISH, "%,d", usage.objects()),
            bytes(usage.objectBytes()),
            bytes(usage.databaseBytes()),
            usage.freeBytes() < 0 ? null : bytes(usage.freeBytes())));
  }

  @POST
  @Path("collect")
  public Response collect() {
    desk.requireAdministrator();
    return Response.seeOther(URI.create("/work/" + collection.submit())).build();
  }

  /** Decimal units with three digits at most: 999 B, 1.0 kB, 12.3 MB. */
  static String bytes(long count) {
    if (count < KILO) {
      return count + " B";
    }
    double value = count;
    int unit = -1;
    while (value >= KILO && unit < UNITS.length - 1) {
      value /= KILO;
      unit++;
    }
    return String.format(Locale.ENGLISH, value < 100 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }
}
