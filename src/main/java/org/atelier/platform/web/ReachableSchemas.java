package org.atelier.platform.web;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Takes schemas out of a description that no operation of it leads to. */
final class ReachableSchemas {

  private static final String PLACE = "#/components/schemas/";

  private final Map<String, Schema> known;
  private final Set<String> reached = new HashSet<>();
  private final Deque<Schema> waiting = new ArrayDeque<>();

  private ReachableSchemas(Map<String, Schema> known) {
    this.known = known;
  }

  static void keepIn(OpenAPI api) {
    if (api.getComponents() == null || api.getComponents().getSchemas() == null) {
      return;
    }
    ReachableSchemas some = new ReachableSchemas(api.getComponents().getSchemas());
    api.getPaths().getPathItems().values().forEach(some::begin);
    some.follow();
    Set.copyOf(some.known.keySet()).stream()
        .filter(name -> !some.reached.contains(name))
        .forEach(api.getComponents()::removeSchema);
  }

  private void begin(PathItem path) {
    some(path.getParameters()).forEach(parameter -> add(parameter.getSchema()));
    for (Operation operation : path.getOperations().values()) {
      some(operation.getParameters()).forEach(parameter -> add(parameter.getSchema()));
      if (operation.getRequestBody() != null) {
        add(operation.getRequestBody().getContent());
      }
      operation.getResponses().getAPIResponses().values().forEach(one -> add(one.getContent()));
      if (operation.getResponses().getDefaultValue() != null) {
        add(operation.getResponses().getDefaultValue().getContent());
      }
    }
  }

  private void follow() {
    while (!waiting.isEmpty()) {
      Schema schema = waiting.remove();
      String ref = schema.getRef();
      if (ref != null && ref.startsWith(PLACE) && reached.add(ref.substring(PLACE.length()))) {
        add(known.get(ref.substring(PLACE.length())));
      }
      add(schema.getItems());
      add(schema.getAdditionalPropertiesSchema());
      add(schema.getNot());
      Stream.of(schema.getAllOf(), schema.getAnyOf(), schema.getOneOf())
          .filter(Objects::nonNull)
          .flatMap(Collection::stream)
          .forEach(this::add);
      if (schema.getProperties() != null) {
        schema.getProperties().values().forEach(this::add);
      }
    }
  }

  private void add(Content content) {
    if (content != null && content.getMediaTypes() != null) {
      content.getMediaTypes().values().stream().map(MediaType::getSchema).forEach(this::add);
    }
  }

  private void add(Schema schema) {
    if (schema != null) {
      waiting.add(schema);
    }
  }

  private static <T> List<T> some(List<T> list) {
    return list == null ? List.of() : list;
  }
}
