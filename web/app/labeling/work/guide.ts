/** What the labels mean: descriptions and examples, built once and shown on demand. */
import { part, swatch } from "./panel";
import type { Label, WorkConfig } from "./protocol";

export function guide(root: HTMLElement, config: WorkConfig): void {
  root.replaceChildren(...config.labels.map((label) => entry(label, config.labels)));
  const described = config.labels.some((label) => label.description || (label.examples ?? []).length > 0);
  part(document, "#label-guide .none").hidden = described;
}

function entry(label: Label, labels: Label[]): HTMLElement {
  const item = document.createElement("div");
  item.className = "guide-label";
  item.dataset.depth = String(Math.min(3, depth(label, labels)));
  const name = document.createElement("h3");
  const word = document.createElement("span");
  word.dir = "auto";
  word.textContent = label.name;
  name.append(swatch(label), word);
  item.append(name);
  if (label.description) {
    const text = document.createElement("p");
    text.dir = "auto";
    text.textContent = label.description;
    item.append(text);
  }
  const pictures = (label.examples ?? []).map((address, at) => picture(address, `${label.name}, example ${at + 1}`));
  if (pictures.length > 0) {
    const row = document.createElement("div");
    row.className = "guide-examples";
    row.append(...pictures);
    item.append(row);
  }
  return item;
}

function picture(address: string, words: string): HTMLElement {
  const image = document.createElement("img");
  image.loading = "lazy";
  image.src = address;
  image.alt = words;
  return image;
}

function depth(label: Label, labels: Label[]): number {
  let steps = 0;
  for (let at = label.parent ?? null; at !== null && steps < 9; at = labels[at]?.parent ?? null) steps += 1;
  return steps;
}
