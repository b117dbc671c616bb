import { say } from "./toasts";

/**
 * Buttons that copy: data-copy="id" on a button copies the words of the element with that id.
 * Without a clipboard (no HTTPS) the words are marked, so that the keyboard can copy them.
 */
export function startCopying(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    const source = button && document.getElementById(button.dataset.copy ?? "");
    if (source) void copy(source);
  });
}

async function copy(source: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(source.textContent?.trim() ?? "");
    say("Copied.");
  } catch {
    getSelection()?.selectAllChildren(source);
    say("Marked: copy it with the keyboard.");
  }
}
