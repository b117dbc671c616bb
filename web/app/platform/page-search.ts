/** The search dialog: arrows walk through the results that htmx put into the list, Enter opens one. */
export function startPageSearch(): void {
  const dialog = document.getElementById("search");
  if (!(dialog instanceof HTMLDialogElement)) return;
  const mac = navigator.platform.startsWith("Mac");
  for (const key of document.querySelectorAll(".find kbd")) key.textContent = mac ? "⌘K" : "Ctrl K";
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [...dialog.querySelectorAll<HTMLElement>("input[type=search], li a")];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) {
      next.focus();
      event.preventDefault();
    }
  });
  dialog.addEventListener("submit", (event) => {
    const first = dialog.querySelector<HTMLAnchorElement>("li a");
    if (first) {
      event.preventDefault();
      first.click();
    }
  });
}
