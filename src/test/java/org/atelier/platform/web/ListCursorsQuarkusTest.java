package org.atelier.platform.web;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.TaskType;
import org.atelier.platform.Ids;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Addresses of lists are kept, shortened and mistyped. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class ListCursorsQuarkusTest {

  private static final Set<String> CURSORS = Set.of("cursor", "before", "after");
  private static final List<String> WRONG =
      List.of("x", "-", "LTE", "eA", "-1", "9999999999999999999999", "-".repeat(36));

  @Inject TestPeople people;
  @Inject Jobs jobs;
  @Inject Jdbi jdbi;

  @Test
  void noListFailsWhateverItsCursorIs() {
    TestPeople.Visitor person = people.administrator("Ana");
    ProjectRef project = people.projectOf(person);
    UUID dataset = dataset(project);
    UUID job = job(project, dataset);
    List<String> lists = lists();
    assertTrue(lists.size() > 15, lists::toString);
    Map<String, Integer> failed = new TreeMap<>();
    for (String list : lists) {
      String address =
          list.replace("{slug}", project.slug())
              .replaceAll("\\{project(Id)?}", project.id().toString())
              .replaceAll("\\{dataset(Id)?}", dataset.toString())
              .replaceAll("\\{job(Id)?}", job.toString())
              .replaceAll("\\{[^}]*}", Ids.next().toString());
      for (String wrong : WRONG) {
        int status =
            given()
                .cookie(TestPeople.COOKIE, person.session())
                .header("Authorization", "Bearer " + person.token())
                .get(address + wrong)
                .statusCode();
        if (status >= 500 || status == 401) {
          failed.put(address + wrong, status);
        }
      }
    }
    assertEquals(Map.of(), failed);
    given()
        .cookie(TestPeople.COOKIE, person.session())
        .get("/p/%s/jobs/example-items?dataset=%s/1".formatted(project.slug(), "-".repeat(36)))
        .then()
        .statusCode(400);
  }

  /** Addresses of all lists that go on at a cursor, up to its value. */
  private static List<String> lists() {
    List<String> lists = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.atelier")) {
      for (JavaMethod method : type.getMethods()) {
        for (JavaParameter parameter : method.getParameters()) {
          String name = value(parameter, QueryParam.class);
          if (method.isAnnotatedWith(GET.class) && CURSORS.contains(name)) {
            String path = value(type, Path.class) + "/" + value(method, Path.class);
            lists.add(("/" + path).replaceAll("/+", "/").replaceAll("/$", "") + "?" + name + "=");
          }
        }
      }
    }
    return lists;
  }

  private static String value(HasAnnotations<?> annotated, Class<?> type) {
    return annotated
        .tryGetAnnotationOfType(type.getName())
        .flatMap(annotation -> annotation.get("value"))
        .map(String::valueOf)
        .orElse("");
  }

  private UUID dataset(ProjectRef project) {
    UUID dataset = Ids.next();
    jdbi.useTransaction(
        h -> {
          h.execute(
              """
              insert into dataset.dataset (id, project_id, name, kind, created_at, latest_version)
              values (?, ?, 'texts', 'TEXT', now(), 1)
              """,
              dataset,
              project.id());
          h.execute(
              """
              insert into dataset.item (id, dataset_id, ordinal, external_id, kind, text, metadata,
                added_in, digest)
              values (?, ?, 0, 'one', 'TEXT', 'one', '{}', 1, 'd')
              """,
              Ids.next(),
              dataset);
          h.execute(
              """
              insert into dataset.dataset_version (dataset_id, number, digest, item_count, added,
                removed, labeled, note, created_at)
              values (?, 1, lpad('1', 64, '0'), 1, 1, 0, 0, '', now())
              """,
              dataset);
        });
    return dataset;
  }

  private UUID job(ProjectRef project, UUID dataset) {
    JobSettings settings =
        new JobSettings(
            "Texts",
            dataset,
            1,
            TaskType.SINGLE,
            List.of(LabelDefinition.named("a"), LabelDefinition.named("b")),
            "",
            Set.of(),
            new JobSettings.Answering(1, 1, "majority", true, false, 600, 0),
            JobSettings.Learning.byHand(),
            new JobSettings.Budget(null, null, null, null));
    return jobs.create(project.id(), settings).id();
  }
}
