package org.atelier.labeling.queue;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/** Maps rows to records by component name, also to records that are not public. */
public final class Rows {

  private Rows() {}

  /** The mapper of a record with its canonical constructor only. */
  public static <T extends Record> RowMapper<T> mapper(Class<T> type) {
    return RecordMapper.of(type);
  }

  /** Binds every component of a record under its name. */
  public static <S extends SqlStatement<S>> S bind(S statement, Record row) {
    S bound = statement;
    for (Component component : COMPONENTS.get(row.getClass())) {
      try {
        Object value = component.accessor().invoke(row);
        bound = bound.bindByType(component.name(), value, component.type());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return bound;
  }

  /** Runs a change and answers how many rows it touched. */
  static int update(Jdbi jdbi, String sql, Function<SqlStatement<?>, SqlStatement<?>> bindings) {
    return jdbi.withHandle(
        handle -> {
          Update statement = handle.createUpdate(sql);
          bindings.apply(statement);
          return statement.execute();
        });
  }

  private record Component(String name, Type type, Method accessor) {}

  private static final ClassValue<List<Component>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(
                  component -> {
                    component.getAccessor().setAccessible(true);
                    return new Component(
                        component.getName(), component.getGenericType(), component.getAccessor());
                  })
              .toList();
        }
      };
}
