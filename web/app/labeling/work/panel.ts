/** The label buttons: one level of the set, or what a search found; always in the same places. */
import { HastyClicks } from "./hasty";
import { assignKeys, digitKeys } from "./keys";
import type { LabelTree } from "./labels";
import type { Label } from "./protocol";

export interface PanelListener {
  chosen(index: number): void;
}

export class LabelPanel {
  private parent: number | null = null;
  private byKey = new Map<string, number>();
  private readonly list: HTMLElement;
  private readonly way: HTMLElement;
  private readonly search: HTMLInputElement;
  private readonly hasty: HastyClicks;

  constructor(
    private readonly root: HTMLElement,
    private readonly tree: LabelTree,
    private readonly showsChoice: boolean,
    private readonly listener: PanelListener,
  ) {
    this.hasty = new HastyClicks(root);
    this.list = part(root, ".labels");
    this.way = part(root, ".way");
    this.search = part(root, "input[type=search]") as HTMLInputElement;
    const large = tree.isTree() || tree.selectable() > 12;
    root.classList.toggle("searchable", large);
    root.classList.toggle("few", !large && tree.selectable() <= 6);
    this.search.addEventListener("input", () => this.render());
    this.search.addEventListener("keydown", (event) => this.searchKey(event));
    this.search.addEventListener("blur", () => this.closeSearch());
    this.list.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("button[data-index]");
      if (button) this.pick(Number(button.dataset.index));
    });
    this.render();
  }

  keys(): Map<string, number> {
    return this.byKey;
  }

  /** Back to the first level with an empty search, as every item starts. */
  reset(): void {
    this.hasty.appeared();
    if (this.parent === null && this.search.value === "") return;
    this.parent = null;
    this.search.value = "";
    this.closeSearch();
    this.render();
  }

  /** Chooses a label or opens a group. */
  pick(index: number): void {
    const label = this.tree.get(index);
    if (!label) return;
    if (label.selectable) this.listener.chosen(index);
    else if (this.tree.hasChildren(index)) this.open(index);
  }

  /** One level up; false at the top. */
  up(): boolean {
    if (this.search.value !== "") {
      this.search.value = "";
      this.closeSearch();
      this.render();
      return true;
    }
    if (this.parent === null) return false;
    this.open(this.tree.get(this.parent)?.parent ?? null);
    return true;
  }

  mark(chosen: ReadonlySet<number>, suggested: ReadonlySet<number>): void {
    for (const button of this.buttons()) {
      const index = Number(button.dataset.index);
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(chosen.has(index)));
      button.classList.toggle("suggested", suggested.has(index));
    }
  }

  /** A few labels need no field for it until somebody searches. */
  focusSearch(): void {
    this.root.classList.add("seeking");
    this.search.focus();
    this.search.select();
  }

  /** Moves the focus along the buttons, around at the ends. */
  step(by: 1 | -1): void {
    const buttons = this.buttons();
    if (buttons.length === 0) return;
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = at < 0 ? (by > 0 ? 0 : buttons.length - 1) : (at + by + buttons.length) % buttons.length;
    buttons[next].focus();
  }

  focused(): number | null {
    const button = document.activeElement?.closest<HTMLElement>("button[data-index]");
    return button && this.list.contains(button) ? Number(button.dataset.index) : null;
  }

  private open(parent: number | null): void {
    const from = this.parent;
    this.parent = parent;
    this.hasty.appeared();
    this.render();
    const back = this.buttons().find((button) => Number(button.dataset.index) === from);
    (back ?? this.buttons()[0])?.focus();
  }

  private closeSearch(): void {
    if (this.search.value === "") this.root.classList.remove("seeking");
  }

  private searchKey(event: KeyboardEvent): void {
    const first = this.buttons()[0];
    const meant = this.meant(event);
    if (meant !== undefined) {
      this.search.blur();
      this.pick(meant);
    } else if (event.key === "Enter" && first && this.search.value.trim() !== "") {
      this.search.blur();
      this.pick(Number(first.dataset.index));
    } else if (event.key === "ArrowDown") first?.focus();
    else if (event.key === "Escape") {
      this.search.blur();
      this.up();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The label found whose digit was pressed in the field; a digit that searches on is typed. */
  private meant(event: KeyboardEvent): number | undefined {
    const typed = this.search.value;
    if (typed.trim() === "" || event.ctrlKey || event.altKey || event.metaKey) return undefined;
    return this.tree.search(typed + event.key).length === 0 ? this.byKey.get(event.key) : undefined;
  }

  private render(): void {
    const query = this.search.value.trim();
    const labels = query ? this.tree.search(query) : this.tree.children(this.parent);
    this.byKey = query ? digitKeys(labels) : assignKeys(labels);
    const keyOf = new Map([...this.byKey].map(([key, index]) => [index, key]));
    this.list.replaceChildren(...labels.map((label) => this.button(label, keyOf.get(label.index), query !== "")));
    this.way.textContent = query
      ? labels.length === 0
        ? "No label has these words."
        : ""
      : this.parent === null
        ? ""
        : `${this.tree.path(this.parent)} · Esc goes back`;
    this.root.dispatchEvent(new CustomEvent("rendered"));
  }

  private button(label: Label, key: string | undefined, withPath: boolean): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "label";
    button.dataset.index = String(label.index);
    button.title = label.description ?? "";
    if (label.selectable && this.showsChoice) button.setAttribute("aria-pressed", "false");
    if (key) button.setAttribute("aria-keyshortcuts", key);
    const sign = document.createElement("kbd");
    sign.textContent = key?.toUpperCase() ?? "";
    sign.setAttribute("aria-hidden", "true");
    const name = document.createElement("span");
    name.className = "name";
    name.dir = "auto";
    name.textContent = withPath ? this.tree.path(label.index) : label.name;
    button.append(sign, swatch(label), name);
    if (!label.selectable) {
      const more = document.createElement("span");
      more.className = "more";
      more.textContent = "›";
      button.append(more);
    }
    return button;
  }

  private buttons(): HTMLButtonElement[] {
    return [...this.list.querySelectorAll<HTMLButtonElement>("button[data-index]")];
  }
}

export function swatch(label: Label): HTMLElement {
  const element = document.createElement("span");
  element.className = "swatch";
  if (label.color && /^#[0-9a-f]{3,8}$/i.test(label.color)) element.style.setProperty("--label", label.color);
  else element.dataset.label = String((label.swatch ?? label.index) % 12);
  return element;
}

export function part(root: ParentNode, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}
