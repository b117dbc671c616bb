/** Answers that the server will not take: named one by one until the person has done with them. */
import type { LabelTree } from "./labels";
import { note, noteButton, openNotes } from "./notes";
import type { Outbox } from "./outbox";
import { part } from "./panel";
import type { Screen } from "./screen";
import type { Entry } from "./store";

export class Refusals {
  constructor(
    private readonly outbox: Outbox,
    private readonly tree: LabelTree,
    private readonly screen: Screen,
  ) {
    openNotes("refusals");
  }

  show(): void {
    const { refused } = this.outbox;
    noteButton("refusals", refused.length, refused.length === 1 ? "answer was not accepted" : "answers were not accepted");
    part(document, "#refusals .notes").replaceChildren(...refused.map((entry) => this.entry(entry)));
    const dialog = part(document, "dialog#refusals") as HTMLDialogElement;
    if (refused.length === 0 && dialog.open) dialog.close();
  }

  private entry(entry: Entry): HTMLElement {
    const said = this.said(entry);
    const why = entry.refused ?? "";
    const article = note(entry.externalId, said, why);
    const actions = document.createElement("div");
    actions.className = "actions";
    actions.append(
      act("Copy", () => void this.copy(article, `${entry.externalId}\t${said}\t${why}`)),
      act("Remove", () => void this.outbox.dismiss(entry.key).then(() => this.show())),
    );
    article.append(actions);
    return article;
  }

  private said(entry: Entry): string {
    if (entry.act.kind !== "answer") return "Skipped";
    return entry.act.body.classes.map((index) => this.tree.path(index)).join(", ") || "None of the labels";
  }

  /** Without a clipboard (no HTTPS) the words are marked, so that the keyboard can copy them. */
  private async copy(article: HTMLElement, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.screen.speak("Copied");
    } catch {
      getSelection()?.selectAllChildren(article);
    }
  }
}

function act(words: string, does: () => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = words;
  button.addEventListener("click", does);
  return button;
}
