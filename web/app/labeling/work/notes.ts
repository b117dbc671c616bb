/** Things to be read when there is time: a small button above the item that opens a list. */
import { part } from "./panel";

/** Lets the button of a list open it. */
export function openNotes(id: string): void {
  part(document, `#${id}-open`).addEventListener("click", () => {
    (part(document, `dialog#${id}`) as HTMLDialogElement).showModal();
  });
}

/** Shows the button with its number, or hides it when there is nothing to read. */
export function noteButton(id: string, count: number, words: string): void {
  const button = part(document, `#${id}-open`);
  button.hidden = count === 0;
  part(button, ".number").textContent = String(count);
  part(button, ".words").textContent = ` ${words}`;
}

/** One entry: which item, what about it, and a quieter sentence. */
export function note(externalId: string, text: string, detail: string): HTMLElement {
  const article = document.createElement("article");
  article.setAttribute("aria-label", externalId);
  const lines: [string, string, string][] = [
    ["h3", "", externalId],
    ["p", "", text],
    ["p", "small quiet", detail],
  ];
  for (const [tag, look, words] of lines) {
    const line = document.createElement(tag);
    line.className = look;
    line.dir = "auto";
    line.textContent = words;
    article.append(line);
  }
  return article;
}
