package org.atelier.learning.embedding;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.workforce.TestPeople;

/** Makes files of embeddings and sends them as a person's script would. */
public final class TestEmbeddings {

  private TestEmbeddings() {}

  /** A version 1.0 npy file of little-endian 32-bit floats. */
  public static byte[] npy(float[][] rows) {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }\n"
            .formatted(rows.length, rows[0].length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x93);
    bytes.writeBytes("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(new byte[] {1, 0, (byte) header.length(), 0});
    bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    for (float[] row : rows) {
      ByteBuffer buffer = ByteBuffer.allocate(row.length * 4).order(ByteOrder.LITTLE_ENDIAN);
      buffer.asFloatBuffer().put(row);
      bytes.writeBytes(buffer.array());
    }
    return bytes.toByteArray();
  }

  /** Uploads files and has them read; the answer's status. */
  public static int send(
      TestPeople.Visitor person, UUID project, UUID dataset, Map<String, byte[]> files) {
    String api = "/api/v1/projects/" + project;
    List<Map<String, Object>> announced = new ArrayList<>();
    files.forEach((name, bytes) -> announced.add(Map.of("name", name, "size", bytes.length)));
    String upload =
        given()
            .header("Authorization", "Bearer " + person.token())
            .contentType("application/json")
            .body(Map.of("files", announced))
            .post(api + "/uploads")
            .then()
            .statusCode(200)
            .extract()
            .path("id");
    int number = 0;
    for (byte[] bytes : files.values()) {
      given()
          .header("Authorization", "Bearer " + person.token())
          .contentType("application/octet-stream")
          .body(bytes)
          .put(api + "/uploads/" + upload + "/files/" + number++ + "?offset=0")
          .then()
          .statusCode(200);
    }
    return given()
        .header("Authorization", "Bearer " + person.token())
        .contentType("application/json")
        .body(Map.of("upload", upload))
        .post(api + "/datasets/" + dataset + "/embeddings")
        .statusCode();
  }

  /** What the API says of a dataset's embeddings once nothing is being read. */
  public static JsonPath settled(TestPeople.Visitor person, UUID project, UUID dataset) {
    for (int i = 0; i < 2_400; i++) {
      JsonPath now =
          given()
              .header("Authorization", "Bearer " + person.token())
              .get("/api/v1/projects/" + project + "/datasets/" + dataset + "/embeddings")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      if (!List.of("QUEUED", "RUNNING").contains(now.getString("reading.state"))) {
        return now;
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    throw new AssertionError("The embeddings were not read");
  }
}
