/**
 * Dialogs without a script of their own: data-open="id" opens <dialog id>, data-close closes the
 * nearest one, data-confirm-name="Shirts" on a form keeps its submit button disabled until the
 * name is typed into the field named `confirm`.
 */
export function startDialogs(): void {
  // Until the next frame the field of a dialog that Escape closes would still swallow keys.
  document.addEventListener("cancel", () => (document.activeElement as HTMLElement | null)?.blur(), true);
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-open]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.open ?? "");
      if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
    }
    if (target.closest("[data-close]")) target.closest("dialog")?.close();
    if (target instanceof HTMLDialogElement && target.open && outside(target, event)) target.close();
  });
  document.addEventListener("input", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-confirm-name]");
    if (form) guard(form);
  });
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-confirm-name]")) guard(form);
  // The head that a page renews by itself holds dialogs: it waits for who types in one.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const own = (event.target as Element).matches("#job-state");
    if (own && document.querySelector("#job-actions dialog[open]")) event.preventDefault();
  });
}

function outside(dialog: HTMLDialogElement, event: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return (
    event.clientX < box.left ||
    event.clientX > box.right ||
    event.clientY < box.top ||
    event.clientY > box.bottom
  );
}

function guard(form: HTMLFormElement): void {
  const typed = form.querySelector<HTMLInputElement>("[name=confirm]")?.value.trim();
  const submit = form.querySelector<HTMLButtonElement>("[type=submit]");
  if (submit) submit.disabled = typed !== form.dataset.confirmName;
}
