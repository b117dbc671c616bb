package org.atelier.platform;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Maps rows to records that are private to their feature; columns in snake case. */
public final class RecordMapper {

  private RecordMapper() {}

  /**
   * A mapper through the record's canonical constructor, by parameter name.
   *
   * @param type any record, also one that is not public
   */
  public static <R extends Record> RowMapper<R> of(Class<R> type) {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return ConstructorMapper.of(constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Every record has its canonical constructor", e);
    }
  }
}
