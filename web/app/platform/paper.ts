/**
 * What takes words off the page: a button with data-print prints it, one with data-copy="id" copies
 * the text of that element.
 */
export function startPaper(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-print]")) print();
    const button = target.closest<HTMLElement>("[data-copy]");
    const from = button && document.getElementById(button.dataset.copy ?? "");
    if (button && from) void copy(button, from);
  });
}

/** Without a clipboard (no HTTPS) the words are marked, so that the keyboard can copy them. */
async function copy(button: HTMLElement, from: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(from.textContent ?? "");
    const words = button.querySelector("span") ?? button;
    words.textContent = "Copied";
  } catch {
    getSelection()?.selectAllChildren(from);
  }
}
