package org.atelier.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConsolidateCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new ConsolidateCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void majorityWritesOneRowPerItemInOrderOfAppearance() throws IOException {
    Path answers =
        file(
            "a.csv",
            "\uFEFFnote,item,worker,label\nx,i2,w1,shirt\nx,i1,w1,\"co,at\"\nx,i2,w2,shirt\n"
                + "x,i2,w3,coat\n");
    Path labels = folder.resolve("l.csv");
    Path workers = folder.resolve("w.csv");
    assertEquals(
        0,
        run("--answers", answers.toString(), "--out", labels.toString(), "--workers", "" + workers),
        err.toString());
    assertEquals(
        "item,label,confidence,answers\ni2,shirt,0.67,3\ni1,\"co,at\",0.00,1\n",
        Files.readString(labels));
    assertEquals(
        "worker,answers,accuracy,lower,upper\nw1,2,1.0000,0.2065,1.0000\n"
            + "w2,1,1.0000,0.2065,1.0000\nw3,1,0.0000,0.0000,0.7935\n",
        Files.readString(workers));
  }

  @Test
  void dawidSkeneGoesToStandardOutput() throws IOException {
    Path answers = file("a.csv", "item,worker,label\n1,a,x\n1,b,x\n2,a,y\n2,b,y\n2,c,x\n");
    assertEquals(0, run("--answers", answers.toString(), "--method", "dawid-skene", "--out", "-"));
    assertTrue(out.toString().startsWith("item,label,confidence,answers\n1,x,"), out.toString());
    assertTrue(out.toString().contains("\n2,y,"), out.toString());
  }

  @Test
  void labelSetsAreDecidedLabelByLabel() throws IOException {
    Path answers = file("a.csv", "item,worker,label\n1,a,x|y\n1,b,x\n1,c,x|z\n2,a,\n");
    assertEquals(0, run("--answers", answers.toString(), "--multi-label", "--out", "-"));
    assertEquals("item,label,confidence,answers\n1,x,0.67,3\n2,,0.00,1\n", out.toString());
  }

  @Test
  void unreadableInputNamesFileRowAndColumn() throws IOException {
    Path missing = file("a.csv", "item,label\n1,x\n");
    assertEquals(2, run("--answers", missing.toString(), "--out", "-"));
    assertTrue(err.toString().contains("a.csv, row 1: the column worker is missing"), "" + err);
    Path empty = file("b.csv", "item,worker,label\n1,a,x\n2,a,\n");
    assertEquals(2, run("--answers", empty.toString(), "--out", "-"));
    assertTrue(err.toString().contains("b.csv, row 3, column label is empty"), "" + err);
    Path twice = file("c.csv", "item,worker,label\n1,a,x\n1,a,y\n");
    assertEquals(2, run("--answers", twice.toString(), "--out", "-"));
    assertTrue(err.toString().contains("c.csv, row 3, column label: worker a"), "" + err);
    assertEquals(2, run("--answers", folder.resolve("no.csv").toString(), "--out", "-"));
    assertTrue(err.toString().contains("no.csv: there is no such file"), "" + err);
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, new byte[] {'i', 't', 'e', 'm', ',', (byte) 0xE9, '\n'});
    assertEquals(2, run("--answers", latin.toString(), "--out", "-"));
    assertTrue(
        err.toString().contains("latin.csv, row 1, byte 6: not UTF-8 (found 0xE9)"), "" + err);
    Path ragged = file("d.csv", "item,worker,label\n1,a\n");
    assertEquals(2, run("--answers", ragged.toString(), "--out", "-"));
    assertTrue(err.toString().contains("d.csv, row 2: 2 cells, where the header has 3"), "" + err);
    assertEquals(2, run("--answers", missing.toString(), "--method", "guess", "--out", "-"));
    assertEquals(2, run("--out", "-"));
    assertEquals("", out.toString());
  }

  @Test
  void morePeopleAndLabelsThanTheMethodCanDoWithAreRefusedInASentence() throws IOException {
    StringBuilder rows = new StringBuilder("item,worker,label\n");
    for (int i = 0; i < 7_072; i++) {
      rows.append(i).append(",a,label").append(i).append('\n');
    }
    Path answers = file("a.csv", rows.toString());
    assertEquals(2, run("--answers", answers.toString(), "--method", "dawid-skene", "--out", "-"));
    assertTrue(err.toString().startsWith("consolidate: Dawid–Skene keeps a table of"), "" + err);
    assertEquals("", out.toString());
  }

  @Test
  void anExactRepetitionCountsOnce() throws IOException {
    Path answers = file("a.csv", "item,worker,label\n1,a,x\n1,a,x\n1,b,y\n1,c,y\n");
    assertEquals(0, run("--answers", answers.toString(), "--out", "-"));
    assertEquals("item,label,confidence,answers\n1,y,0.67,3\n", out.toString());
  }
}
