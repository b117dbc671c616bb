package org.atelier.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.Ids;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a mail server configured, new work is told by e-mail; in the application it is anyway. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
@QuarkusTestResource(value = MailServer.class, restrictToAnnotatedClass = true)
class NoticeMailQuarkusTest extends LabelingScene {

  List<String> mails;

  @BeforeEach
  void empty() {
    mails.clear();
  }

  @Test
  void thePeopleOfAJobAreToldOfNewWorkOnceEach() throws InterruptedException {
    UUID job = startedJob();
    for (int wait = 0; wait < 1_800 && mails.size() < 2; wait++) {
      Thread.sleep(50);
    }
    assertEquals(2, mails.size(), mails.toString());
    assertEquals(2, mails.stream().map(NoticeMailQuarkusTest::recipient).distinct().count());
    for (String mail : mails) {
      assertTrue(mail.contains("Subject: There is new work: Collars"), mail);
      // A long line of a quoted-printable text ends in "=".
      assertTrue(mail.replaceAll("=\\R", "").contains("/jobs/" + job + "/work"), mail);
    }
    String work = labeler.get("/p/" + project.slug() + "/work").asString();
    assertTrue(work.contains("new work"), work);
    boss.form(path(job) + "/state", java.util.Map.of("act", "pause", "reason", "Lunch"));
    boss.form(path(job) + "/state", java.util.Map.of("act", "resume"));
    Thread.sleep(500);
    assertEquals(2, mails.size(), "at most one e-mail for each in twelve hours");
  }

  @Test
  void anAddressThatIsRefusedKeepsNobodyElsesMailBackAndIsTriedWithTheNextNotice()
      throws InterruptedException {
    UUID refused = labeler(MailServer.REFUSED);
    labeler("last-");
    UUID job = startedJob();
    String sent = "select count(*) from platform.work where subject_id = ? and state = 'DONE'";
    for (int wait = 0; wait < 1_800 && count(sent, job) == 0; wait++) {
      Thread.sleep(50);
    }
    assertEquals(1, count(sent, job), "the work is done");
    assertEquals(3, mails.size(), mails.toString());
    assertTrue(mails.stream().anyMatch(mail -> recipient(mail).contains("last-")));
    String left = "select count(*) from labeling.notice where person_id = ? and mailed_at is null";
    assertEquals(1, count(left, refused));
  }

  @Test
  void whoLeftTheProjectOrWhoseAccountIsClosedIsNotWrittenTo() throws InterruptedException {
    UUID gone = labeler("gone-");
    UUID closed = labeler("closed-");
    UUID job = startedJob();
    for (int wait = 0; wait < 1_800 && mails.size() < 4; wait++) {
      Thread.sleep(50);
    }
    assertEquals(4, mails.size(), mails.toString());
    mails.clear();
    people.setRoles(project.id(), gone, Set.of());
    people.setDisabled(closed, true);
    jdbi.useHandle(
        h ->
            h.execute(
                """
                update labeling.notice set mailed_at = now() - interval '1 day',
                  at = now() - interval '1 day', seen_at = null where job_id = ?
                """,
                job));
    boss.form(path(job) + "/state", java.util.Map.of("act", "pause", "reason", "Lunch"));
    boss.form(path(job) + "/state", java.util.Map.of("act", "resume"));
    for (int wait = 0; wait < 1_800 && mails.size() < 2; wait++) {
      Thread.sleep(50);
    }
    String sent = "select count(*) from platform.work where subject_id = ? and state <> 'DONE'";
    for (int wait = 0; wait < 1_800 && count(sent, job) > 0; wait++) {
      Thread.sleep(50);
    }
    assertEquals(2, mails.size(), mails.toString());
    assertTrue(
        mails.stream()
            .map(NoticeMailQuarkusTest::recipient)
            .noneMatch(to -> to.contains("gone-") || to.contains("closed-")),
        mails.toString());
  }

  private UUID labeler(String address) {
    UUID person = people.createAccount(address + Ids.next() + "@example.com", "Ben", false).id();
    people.setRoles(project.id(), person, Set.of(Role.LABELER));
    return person;
  }

  private int count(String sql, UUID about) {
    return jdbi.withHandle(h -> h.select(sql, about).mapTo(Integer.class).one());
  }

  private static String recipient(String mail) {
    return mail.lines().filter(line -> line.startsWith("To: ")).findFirst().orElseThrow();
  }
}
