/** Contact sheets follow the model, but never under the hands of somebody who is choosing. */
export function startReview(): void {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent<{ target: HTMLElement; shouldSwap: boolean }>;
    if (detail.target.id !== "review" || !detail.shouldSwap) return;
    const busy = detail.target.querySelector("input:checked, :focus");
    if (!busy) return;
    detail.shouldSwap = false;
    detail.target.querySelector("#review-newer .notice")?.removeAttribute("hidden");
  });
}
