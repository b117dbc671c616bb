/**
 * Contact sheets follow the model, but never under the hands of somebody who is choosing;
 * what is done with the chosen waits until something is chosen.
 */
export function startReview(): void {
  document.addEventListener("change", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("#review form");
    if (form) guard(form);
  });
  document.addEventListener("htmx:afterSettle", guardAll);
  window.addEventListener("pageshow", guardAll);
  guardAll();
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent<{ target: HTMLElement; shouldSwap: boolean }>;
    if (detail.target.id !== "review" || !detail.shouldSwap) return;
    const busy = detail.target.querySelector("input:checked, :focus");
    if (!busy) return;
    detail.shouldSwap = false;
    detail.target.querySelector("#review-newer .notice")?.removeAttribute("hidden");
  });
}

function guardAll(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("#review form")) guard(form);
}

/** Labels are chosen too where an item may have several; without any, there is nothing to give. */
function guard(form: HTMLFormElement): void {
  const chosen = form.querySelector(".sheet input:checked") !== null;
  const label = form.querySelector<HTMLSelectElement>("select[name=label]");
  const named = label ? label.value !== "" : form.querySelector(".decide input:checked") !== null;
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[name=act]")) {
    button.disabled = !chosen || (button.value === "correct" && !named);
  }
}
