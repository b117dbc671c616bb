package org.atelier.platform.search;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;

/** Asks every feature for what the person who asks may see of a name or an id. */
@Singleton
class Search {

  private static final int EACH = 6;
  private static final int LONGEST = 100;

  private final List<SearchSource> sources;
  private final CurrentPerson currentPerson;

  Search(@All List<SearchSource> sources, CurrentPerson currentPerson) {
    this.sources = List.copyOf(sources);
    this.currentPerson = currentPerson;
  }

  /** What is looked for: without spaces around it, the first 100 characters. */
  static String text(String typed) {
    String text = typed == null ? "" : typed.strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /**
   * @param text as {@link #text} gives it
   * @return of every feature its best few; nothing for an empty text
   */
  List<SearchSource.Hit> find(String text) {
    Person person = currentPerson.require();
    List<SearchSource.Hit> hits = new ArrayList<>();
    if (!text.isEmpty()) {
      for (SearchSource source : sources) {
        hits.addAll(source.find(person, text, EACH));
      }
    }
    return hits;
  }
}
