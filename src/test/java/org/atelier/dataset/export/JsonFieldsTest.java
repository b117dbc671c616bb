package org.atelier.dataset.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {

  @Test
  void whatIsKeptStaysToTheLetter() throws IOException {
    assertEquals(
        "{\"a\" : 0.1234567890123456789,\"c\":[ {\"b\":1} , 1.10],\"d\":\"\\u00e9}\",\"e\":1e2,"
            + "\"f\":{\"g\":null}}",
        JsonFields.without(
            " {\"a\" : 0.1234567890123456789 ,\"b\":{\"a\":[1]}, \"c\":[ {\"b\":1} , 1.10],"
                + "\"\\u0062\":true,\"d\":\"\\u00e9}\",\"e\":1e2 , \"f\":{\"g\":null}}\n",
            Set.of("b", "x")));
  }

  @Test
  void objectWithoutTheFieldsIsNotTouched() throws IOException {
    String object = "{ \"a\": 1.0 }";
    assertEquals(object, JsonFields.without(object, Set.of("b")));
    assertEquals("{}", JsonFields.without("{\"b\": 1.0 }", Set.of("b")));
  }

  @Test
  void compactKeepsTheSpacesOfTexts() {
    assertEquals(
        "{\"a b\":\"c \\\\\",\"d\":\" \\\" : \",\"e\":[1.10,null]}",
        JsonFields.compact(
            " {\"a b\" : \"c \\\\\", \"d\": \" \\\" : \",\n\t\"e\": [ 1.10, null ] }"));
  }

  @Test
  void longObjectsAreCutAtTheRightPlaces() throws IOException {
    String text = "\"é\\n" + "x".repeat(50_000) + "\"";
    StringBuilder all = new StringBuilder("{");
    StringBuilder kept = new StringBuilder("{");
    for (int i = 0; i < 20; i++) {
      String field = "\"k" + i + "\":" + (i % 3 == 0 ? text : i + ".50");
      all.append(i == 0 ? "" : ", ").append(field);
      if (i != 9) {
        kept.append(i == 0 ? "" : ",").append(field);
      }
    }
    assertEquals(
        kept.append('}').toString(), JsonFields.without(all.append('}').toString(), Set.of("k9")));
  }
}
