package org.atelier.platform.installation;

import io.quarkus.runtime.QuarkusBindException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.atelier.platform.database.DatabaseStartException;
import org.atelier.platform.keys.UnusableKeyException;

/** Why a server did not start, in words for whoever started it. */
public final class StartFailure {

  private StartFailure() {}

  /**
   * What to print: one sentence with the way out for what operators meet, else the whole failure.
   *
   * @param failure what ended the start
   */
  public static String words(Throwable failure) {
    for (Throwable cause : causes(failure)) {
      if (cause instanceof QuarkusBindException bind) {
        return inUse("Port " + bind.getPort() + " of " + bind.getHost());
      }
      if (cause instanceof BindException) {
        return inUse("The port");
      }
      if (cause instanceof UnusableKeyException || cause instanceof DatabaseStartException) {
        return cause.getMessage();
      }
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return "The database cannot be reached ("
            + cause.getMessage()
            + "). Start it, or correct quarkus.datasource.jdbc.url.";
      }
      if (cause instanceof SQLException refused && refused(refused.getSQLState())) {
        return "The database refuses the connection ("
            + refused.getMessage()
            + "). Correct quarkus.datasource.jdbc.url, .username or .password.";
      }
    }
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return "Atelier could not start.\n" + trace;
  }

  /** Authorization is class 28 of SQLSTATE, an unknown database 3D. */
  private static boolean refused(String state) {
    return state != null && (state.startsWith("28") || state.startsWith("3D"));
  }

  private static String inUse(String port) {
    return port
        + " cannot be used: another program listens there, or the address is not this machine's."
        + " Choose another with ATELIER_PORT or ATELIER_HOST.";
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable at = failure; at != null && !causes.contains(at); at = at.getCause()) {
      causes.add(at);
    }
    return causes;
  }
}
