package org.atelier.platform.search;

import java.util.List;
import org.atelier.platform.Person;

/** A feature's contribution to the search box: a bean that finds its own things. */
public interface SearchSource {

  /**
   * Finds what the person may see.
   *
   * @param text what was typed, stripped, 1 to 100 characters
   * @param limit most hits to answer
   * @return best first, possibly empty
   */
  List<Hit> find(Person person, String text, int limit);

  /**
   * Something one can jump to.
   *
   * @param kind word for the kind of thing: {@code Dataset}
   * @param place where it lives, such as the project's name; may be empty
   */
  record Hit(String kind, String name, String place, String href) {}
}
