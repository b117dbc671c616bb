/**
 * Whoever leaves a form marked data-unsaved with something typed that was not sent is asked first,
 * whichever button or link leads away. data-unsaved="typed": the page came back with what was typed.
 */
export function startUnsaved(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-unsaved]");
  if (!form) return;
  let kept: string | null = null;
  let sent = false;
  // After the scripts that fill the form, and after htmx, which begin to listen at the same moment.
  const begin = (): void => {
    if (form.dataset.unsaved !== "typed" && kept === null) kept = contents(form);
  };
  if (document.readyState === "complete") begin();
  else document.addEventListener("DOMContentLoaded", begin);
  form.addEventListener("draft:back", () => (kept = ""));
  document.addEventListener("submit", (event) => {
    if (event.target === form && !event.defaultPrevented) sent = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && contents(form) !== kept) event.preventDefault();
  });
}

/** What the form would send; empty fields, of which scripts add some, are nothing typed. */
function contents(form: HTMLFormElement): string {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value !== "");
  return JSON.stringify(fields);
}
