package org.atelier.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files under k8s/ are what Kubernetes' own schema knows, to the last field. */
class KubernetesFilesTest {

  private static final Path ROOT = Path.of("k8s");

  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder().enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL).build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1/Service", Service.class,
          "v1/ServiceAccount", ServiceAccount.class,
          "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
          "apps/v1/Deployment", Deployment.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class);

  private static final Set<String> KUSTOMIZATION_FIELDS =
      Set.of("apiVersion", "kind", "namespace", "labels", "resources", "patches");

  @Test
  void everyFileHasKnownFieldsOnly() throws Exception {
    int files = 0;
    for (Path file : yamlFiles()) {
      if (!file.endsWith("kustomization.yaml")) {
        parse(YAML.readTree(file.toFile()), file.toString());
        files++;
      }
    }
    assertEquals(7, files);
  }

  @Test
  void aMisspeltFieldIsFound() throws Exception {
    JsonNode tree =
        YAML.readTree(
            """
            apiVersion: apps/v1
            kind: Deployment
            spec:
              template:
                spec:
                  containers:
                    - name: atelier
                      readynessProbe: {}
            """);

    String message = assertThrows(AssertionError.class, () -> parse(tree, "sample")).getMessage();

    assertTrue(message.contains("readynessProbe"), message);
  }

  @Test
  void kustomizationsNameFilesThatExist() throws IOException {
    for (Path file : yamlFiles()) {
      if (file.endsWith("kustomization.yaml")) {
        JsonNode tree = YAML.readTree(file.toFile());
        tree.fieldNames()
            .forEachRemaining(
                name -> assertTrue(KUSTOMIZATION_FIELDS.contains(name), file + ": " + name));
        for (JsonNode resource : tree.path("resources")) {
          assertTrue(Files.exists(file.resolveSibling(resource.asText())), resource.asText());
        }
        for (JsonNode patch : tree.path("patches")) {
          assertTrue(Files.exists(file.resolveSibling(patch.path("path").asText())));
        }
      }
    }
  }

  @Test
  void podRunsWithoutRightsAndWithLimitsAndProbes() throws Exception {
    Path file = ROOT.resolve("base/deployment.yaml");
    Deployment deployment = (Deployment) parse(YAML.readTree(file.toFile()), file.toString());
    var pod = deployment.getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().get(0);

    assertTrue(pod.getSecurityContext().getRunAsNonRoot());
    assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
    assertFalse(pod.getAutomountServiceAccountToken());
    assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
    assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
    assertEquals(List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
    assertNotNull(container.getResources().getRequests().get("memory"));
    assertNotNull(container.getResources().getLimits().get("memory"));
    assertEquals("/q/health/ready", container.getReadinessProbe().getHttpGet().getPath());
    assertEquals("/q/health/live", container.getLivenessProbe().getHttpGet().getPath());
    assertEquals("/q/health/started", container.getStartupProbe().getHttpGet().getPath());
  }

  private static HasMetadata parse(JsonNode tree, String name) throws Exception {
    String kind = tree.path("apiVersion").asText() + "/" + tree.path("kind").asText();
    Class<? extends HasMetadata> type = KINDS.get(kind);
    assertNotNull(type, name + " is of an unknown kind: " + kind);
    HasMetadata resource = YAML.treeToValue(tree, type);
    requireKnownFields(resource, name);
    return resource;
  }

  /** The model keeps fields it does not know aside instead of refusing them. */
  private static void requireKnownFields(Object node, String path) throws Exception {
    if (node instanceof Collection<?> many) {
      Iterator<?> each = many.iterator();
      for (int i = 0; each.hasNext(); i++) {
        requireKnownFields(each.next(), path + "[" + i + "]");
      }
      return;
    }
    if (node == null || !node.getClass().getName().startsWith("io.fabric8.")) {
      return;
    }
    for (Method method : node.getClass().getMethods()) {
      if (method.getName().startsWith("get") && method.getParameterCount() == 0) {
        Object value = method.invoke(node);
        if (method.getName().equals("getAdditionalProperties")) {
          assertEquals(Map.of(), value, path + " has fields that Kubernetes does not know");
        } else {
          requireKnownFields(value, path + "." + method.getName().substring(3));
        }
      }
    }
  }

  private static List<Path> yamlFiles() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
