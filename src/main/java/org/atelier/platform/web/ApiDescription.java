package org.atelier.platform.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Makes the description at {@code /q/openapi} one of the API alone, and says once what holds for
 * every operation: the token, the shape of problems, unique names.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BOTH)
public class ApiDescription implements OASFilter {

  private static final String API = "/api/v1/";
  private static final String PROBLEM = "Problem";
  private static final String TOKEN = "token";
  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("project", "Id of a project, see /api/v1/me"),
          Map.entry("projectId", "Id of a project, see /api/v1/me"),
          Map.entry("person", "Id of a person"),
          Map.entry("dataset", "Id of a dataset"),
          Map.entry("number", "Number of a version, from 1; of a file in an upload, from 0"),
          Map.entry("item", "Id of an item"),
          Map.entry("import", "Id of an import"),
          Map.entry("upload", "Id of an upload"),
          Map.entry("question", "Id of a question"),
          Map.entry("answer", "Id of an answer"),
          Map.entry("job", "Id of a labeling job"),
          Map.entry("id", "Id of the thing asked for"),
          Map.entry("sha256", "SHA-256 of the picture, 64 hexadecimal digits"),
          Map.entry("digest", "SHA-256 of the model, as rounds and certificates name it"),
          Map.entry("chart", "learning, coverage, confusion, labels or answers"),
          Map.entry("limit", "Most things in the answer"),
          Map.entry("cursor", "Place to go on from: next of the answer before"),
          Map.entry("after", "Place to go on from: the last thing of the answer before"),
          Map.entry("q", "Name or id, or a part of it; its first 100 characters count"),
          Map.entry("offset", "Byte the part begins at: as many as were received before"),
          Map.entry("revision", "Revision of the job that the change was made on"));

  @Override
  public void filterOpenAPI(OpenAPI api) {
    if (api.getPaths() == null || api.getPaths().getPathItems() == null) {
      return;
    }
    List.copyOf(api.getPaths().getPathItems().keySet()).stream()
        .filter(path -> !path.startsWith(API))
        .forEach(api.getPaths()::removePathItem);
    describeProblems(api);
    TreeMap<String, Integer> names = new TreeMap<>();
    new TreeMap<>(api.getPaths().getPathItems())
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach(
                        (method, operation) -> describe(path, item, method, operation, names)));
    ReachableSchemas.keepIn(api);
  }

  private static void describeProblems(OpenAPI api) {
    if (api.getComponents() == null) {
      api.setComponents(OASFactory.createComponents());
    }
    Schema problem =
        OASFactory.createSchema()
            .type(List.of(SchemaType.OBJECT))
            .description("What went wrong, as RFC 9457 says; further members name the field")
            .addProperty("type", text("Kind of problem: urn:atelier:problem:<code>"))
            .addProperty("title", text("Kind of problem in words"))
            .addProperty("status", number("HTTP status"))
            .addProperty("detail", text("What happened here, and how to mend it"))
            .addProperty("instance", text("Path that was asked"))
            .addProperty("code", text("Kind of problem, for programs"))
            .addProperty("field", text("Field of the input that is not acceptable"))
            .addProperty(
                "fields",
                OASFactory.createSchema()
                    .type(List.of(SchemaType.OBJECT))
                    .description("All fields that are not acceptable, with what is wrong of each")
                    .additionalPropertiesSchema(text("What is wrong")))
            .addProperty("requestId", text("Number to tell the administrator"))
            .addRequired("type")
            .addRequired("title")
            .addRequired("status")
            .addRequired("detail")
            .addRequired("code");
    api.getComponents().addSchema(PROBLEM, problem);
    api.getComponents()
        .addSecurityScheme(
            TOKEN,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("A personal access token, made on the page Account"));
    if (api.getSecurity() == null || api.getSecurity().isEmpty()) {
      api.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN));
    }
  }

  private static Schema text(String description) {
    return OASFactory.createSchema().type(List.of(SchemaType.STRING)).description(description);
  }

  private static Schema number(String description) {
    return OASFactory.createSchema().type(List.of(SchemaType.INTEGER)).description(description);
  }

  private static void describe(
      String path,
      PathItem item,
      HttpMethod method,
      Operation operation,
      Map<String, Integer> names) {
    operation.setOperationId(unique(name(path, method), names));
    if (operation.getSummary() == null || operation.getSummary().isBlank()) {
      operation.setSummary(name(path, method));
    }
    APIResponses responses =
        operation.getResponses() == null
            ? OASFactory.createAPIResponses()
            : operation.getResponses();
    if (responses.getDefaultValue() == null) {
      responses.setDefaultValue(problem());
    }
    operation.setResponses(responses);
    describe(item.getParameters());
    describe(operation.getParameters());
  }

  private static void describe(List<Parameter> parameters) {
    if (parameters == null) {
      return;
    }
    for (Parameter parameter : parameters) {
      String known = PARAMETERS.get(parameter.getName());
      if (parameter.getDescription() == null && known != null) {
        parameter.setDescription(known);
      }
    }
  }

  private static APIResponse problem() {
    return OASFactory.createAPIResponse()
        .description("A problem: what happened, where and how to mend it")
        .content(
            OASFactory.createContent()
                .addMediaType(
                    "application/problem+json",
                    OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM))));
  }

  /** The path without its parameters: post-datasets-imports. */
  private static String name(String path, HttpMethod method) {
    String words =
        path.substring(API.length())
            .replaceFirst("^projects/\\{[^}]*}/?", "")
            .replaceAll("/?\\{[^}]*}", "")
            .replace('/', '-')
            .replace('.', '-');
    return method.name().toLowerCase(java.util.Locale.ROOT) + "-" + words;
  }

  private static String unique(String name, Map<String, Integer> names) {
    int times = names.merge(name, 1, Integer::sum);
    return times == 1 ? name : name + "-" + times;
  }
}
