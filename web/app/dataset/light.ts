/** Opens an item of the contact sheet over it; arrow keys go on. Without this it is a page. */
export function startLight(): void {
  const dialog = document.getElementById("light");
  const body = document.getElementById("light-body");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    if ((event.target as Element).closest("input, textarea, select")) return;
    const scope = dialog instanceof HTMLDialogElement && dialog.open ? dialog : document;
    const side = event.key === "ArrowLeft" ? "prev" : "next";
    scope.querySelector<HTMLElement>(`:is(.item, [data-neighbours]) a[rel="${side}"]`)?.click();
  });
  if (!(dialog instanceof HTMLDialogElement) || !body) return;
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-light], #light a[rel]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void show(link.href, dialog, body);
  });
}

async function show(address: string, dialog: HTMLDialogElement, body: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true", Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    body.innerHTML = await answer.text();
    const item = body.querySelector<HTMLElement>(".item");
    const title = dialog.querySelector("h2");
    if (title) title.textContent = item?.dataset.title ?? "";
    const whole = document.createElement("a");
    whole.href = address;
    whole.className = "button quiet";
    whole.textContent = "Open as a page";
    const ways = item?.querySelector("nav");
    ways?.append(whole);
    if (ways) dialog.querySelector("[data-neighbours]")?.replaceChildren(ways);
    if (!dialog.open) dialog.showModal();
    // The first thing to press stands at the end: from there the picture would be out of sight.
    body.focus({ preventScroll: true });
    body.scrollTop = 0;
  } catch {
    location.assign(address);
  }
}
