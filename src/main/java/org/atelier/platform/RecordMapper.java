package org.atelier.platform;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Maps rows to records, also to those that are private to their feature, through the canonical
 * constructor by parameter name; columns in snake case.
 */
public final class RecordMapper<R extends Record> implements RowMapper<R> {

  private static final ClassValue<RecordMapper<?>> MAPPERS =
      new ClassValue<>() {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        protected RecordMapper<?> computeValue(Class<?> type) {
          return new RecordMapper<>(canonical((Class) type));
        }
      };

  private final RowMapper<R> general;

  /** Finding the column of each component costs more than reading a row: done once per query. */
  private final Map<List<String>, RowMapper<R>> byColumns = new ConcurrentHashMap<>();

  private RecordMapper(Constructor<R> constructor) {
    this.general = ConstructorMapper.of(constructor);
  }

  /** The mapper of a record. */
  @SuppressWarnings("unchecked")
  public static <R extends Record> RowMapper<R> of(Class<R> type) {
    return (RowMapper<R>) MAPPERS.get(type);
  }

  private static <R extends Record> Constructor<R> canonical(Class<R> type) {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Every record has its canonical constructor", e);
    }
  }

  @Override
  public RowMapper<R> specialize(ResultSet rows, StatementContext context) throws SQLException {
    ResultSetMetaData data = rows.getMetaData();
    List<String> columns = new ArrayList<>(data.getColumnCount());
    for (int at = 1; at <= data.getColumnCount(); at++) {
      columns.add(data.getColumnLabel(at));
    }
    RowMapper<R> known = byColumns.get(columns);
    if (known == null) {
      known = general.specialize(rows, context);
      byColumns.put(columns, known);
    }
    return known;
  }

  @Override
  public R map(ResultSet rows, StatementContext context) throws SQLException {
    return specialize(rows, context).map(rows, context);
  }
}
