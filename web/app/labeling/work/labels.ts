/** The label set as a tree with search; pure. */
import type { Label } from "./protocol";

export class LabelTree {
  private readonly byIndex: Map<number, Label>;

  constructor(private readonly labels: Label[]) {
    this.byIndex = new Map(labels.map((label) => [label.index, label]));
  }

  get(index: number): Label | undefined {
    return this.byIndex.get(index);
  }

  /** Labels directly under a parent, null for the top. */
  children(parent: number | null): Label[] {
    return this.labels.filter((label) => (label.parent ?? null) === parent);
  }

  hasChildren(index: number): boolean {
    return this.labels.some((label) => label.parent === index);
  }

  isTree(): boolean {
    return this.labels.some((label) => label.parent !== null && label.parent !== undefined);
  }

  selectable(): number {
    return this.labels.filter((label) => label.selectable).length;
  }

  /** "Clothing › Tops › Shirt" */
  path(index: number): string {
    const names: string[] = [];
    const seen = new Set<number>();
    let label = this.byIndex.get(index);
    while (label && !seen.has(label.index)) {
      seen.add(label.index);
      names.unshift(label.name);
      label = label.parent === null ? undefined : this.byIndex.get(label.parent);
    }
    return names.join(" › ");
  }

  /**
   * Selectable labels whose name, path or description has every word of the query, names that
   * start with it first; case and accents do not matter. An empty query finds nothing.
   */
  search(query: string): Label[] {
    const words = plain(query).split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    const found = this.labels.filter((label) => {
      const text = plain(`${this.path(label.index)} ${label.description ?? ""}`);
      return label.selectable && words.every((word) => text.includes(word));
    });
    const start = (label: Label) => (plain(label.name).startsWith(words[0]) ? 0 : 1);
    return found.sort((a, b) => start(a) - start(b) || a.index - b.index);
  }
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
}
