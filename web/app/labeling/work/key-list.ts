/** The dialog of keys: only those that do something in this job, and at the item that is shown. */
import type { LabelTree } from "./labels";
import type { LabelPanel } from "./panel";
import { part } from "./panel";
import type { Lease, WorkConfig } from "./protocol";

/** So many keys of labels are shown one by one. */
const SHOWN = 12;

export class KeyList {
  constructor(
    private readonly config: WorkConfig,
    private readonly tree: LabelTree,
    private readonly panel: () => LabelPanel,
  ) {}

  /** Brings the list up to date, before it is shown. */
  show(item: Lease | null): void {
    const { config, tree } = this;
    const sends = config.taskType === "SINGLE" && config.submitOnChoice;
    const there: Record<string, boolean> = {
      none: config.taskType === "MULTI",
      view: (item?.item.views.length ?? 0) > 1,
    };
    for (const [name, yes] of Object.entries(there)) part(document, `#keys [data-key=${name}]`).hidden = !yes;
    part(document, "#keys [data-key=choose] dt").replaceChildren(...this.labelKeys());
    say("choose", sends ? "Choose the label that shows the key; that sends the answer" : "Choose the label that shows the key");
    const chosen = sends ? "Choose the label with the focus" : "Submit what is chosen";
    say("submit", config.showPrelabels ? `${chosen}, or what the model suggests when nothing is` : chosen);
    say("up", tree.isTree() ? "One level up in the labels, out of the zoom" : "Out of the zoom, out of the search");
  }

  private labelKeys(): (Node | string)[] {
    const keys = [...this.panel().keys().keys()];
    const caps = keys.slice(0, SHOWN).flatMap((key) => {
      const cap = document.createElement("kbd");
      cap.textContent = key.toUpperCase();
      return [cap, " "];
    });
    return keys.length > SHOWN ? [...caps, "…"] : caps;
  }
}

function say(key: string, words: string): void {
  part(document, `#keys [data-key=${key}] dd`).textContent = words;
}
