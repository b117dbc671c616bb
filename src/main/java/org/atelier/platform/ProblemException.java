package org.atelier.platform;

import java.util.Map;

/**
 * A problem that a person can understand and act on. It is mapped once, to a page, a fragment or an
 * RFC 9457 document, depending on who asked.
 */
public class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ProblemCode problem;
  private final transient Map<String, Object> members;

  /**
   * @param problem the kind
   * @param detail what happened here, naming what, where and how to mend it; shown to the person
   */
  public ProblemException(ProblemCode problem, String detail) {
    this(problem, detail, Map.of());
  }

  /**
   * @param members further machine-readable members of the problem document, such as {@code field};
   *     {@code retryAfter} says in how many seconds it is worth another try
   */
  public ProblemException(ProblemCode problem, String detail, Map<String, Object> members) {
    super(detail);
    this.problem = problem;
    this.members = Map.copyOf(members);
  }

  /** Says that something does not exist for the person who asks. */
  public static ProblemException notFound(String detail) {
    return new ProblemException(CommonProblem.NOT_FOUND, detail);
  }

  /** Says that one field of the input is not acceptable. */
  public static ProblemException invalid(String field, String detail) {
    return new ProblemException(CommonProblem.INVALID_INPUT, detail, Map.of("field", field));
  }

  public ProblemCode problem() {
    return problem;
  }

  public Map<String, Object> members() {
    return members;
  }
}
