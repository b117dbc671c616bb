/** Choosing example items for a label: a dialog with items of the dataset, found by known label or name. */
export function startExamples(form: HTMLFormElement): void {
  const dialog = document.querySelector<HTMLDialogElement>("#choose-examples");
  if (!dialog) return;
  let row: HTMLElement | null = null;
  const text = find<HTMLInputElement>(dialog, "[name=text]");
  const found = find<HTMLElement>(dialog, ".found");

  const load = async (after?: string) => {
    const address = document.querySelector<HTMLElement>("#label-editor")?.dataset.examples ?? "";
    const dataset = find<HTMLSelectElement>(form, "#dataset").value;
    const query = new URLSearchParams({ dataset, text: text.value.trim(), ...(after ? { after } : {}) });
    const response = await fetch(`${address}?${query}`, { headers: { Accept: "text/html" } });
    if (!response.ok) {
      found.textContent = "The items cannot be shown now. Choose a dataset, then try again.";
      return;
    }
    // Rendered by the server, which writes what people typed as text.
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const parts = [...page.body.children];
    if (after) {
      found.querySelector("[data-more]")?.closest(".actions")?.remove();
      found.append(...parts);
    } else found.replaceChildren(...parts);
  };

  form.addEventListener("click", (event) => {
    const target = event.target as Element;
    const dropped = target.closest("[data-drop-example]")?.closest<HTMLElement>("[data-example]");
    if (dropped) {
      const owner = dropped.closest<HTMLElement>(".label-row");
      dropped.remove();
      if (owner) write(owner);
    }
    if (!target.closest("[data-choose-examples]")) return;
    row = target.closest<HTMLElement>(".label-row");
    text.value = (row && find<HTMLInputElement>(row, "[name=labelName]").value) || "";
    dialog.showModal();
    void load().then(() => {
      // A dataset without known labels has nothing under the label's name: show all of it.
      if (!found.querySelector("[data-item]") && text.value) {
        text.value = "";
        void load();
      }
    });
  });
  dialog.addEventListener("click", (event) => {
    const target = event.target as Element;
    const item = target.closest<HTMLElement>("[data-item]");
    if (item) item.setAttribute("aria-pressed", String(item.getAttribute("aria-pressed") !== "true"));
    else if (target.closest("[data-find]")) void load();
    else if (target.closest("[data-more]")) void load(target.closest<HTMLElement>("[data-more]")?.dataset.more);
    else if (target.closest("[data-take]")) {
      if (row) take(row, [...dialog.querySelectorAll<HTMLElement>('[data-item][aria-pressed="true"]')]);
      dialog.close();
    }
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    void load();
  });
}

function take(row: HTMLElement, items: HTMLElement[]): void {
  for (const item of items) {
    addExample(row, {
      id: item.dataset.item ?? "",
      picture: item.dataset.picture,
      words: (item.dataset.picture ? item.dataset.words : item.textContent?.trim()) ?? "",
    });
  }
}

export interface Example {
  /** Id of an item or digest of a picture. */
  id: string;
  /** Address of the picture; absent for a text. */
  picture?: string;
  words: string;
  /** Where more about it is; absent for an item. */
  page?: string;
}

/** Puts an example behind the others of a label unless it is there already. */
export function addExample(row: HTMLElement, example: Example): void {
  if (row.querySelector(`[data-example="${example.id}"]`)) return;
  const entry = document.createElement("li");
  entry.dataset.example = example.id;
  if (example.picture) {
    const picture = document.createElement("img");
    picture.src = example.picture;
    picture.alt = example.words;
    if (example.page) {
      const link = document.createElement("a");
      link.href = example.page;
      link.target = "_blank";
      link.rel = "noopener";
      link.title = "About this picture, in a new tab";
      link.append(picture);
      entry.append(link);
    } else entry.append(picture);
  } else {
    const words = document.createElement("span");
    words.className = "text";
    words.textContent = example.words;
    entry.append(words);
  }
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "button quiet icon-only";
  drop.dataset.dropExample = "";
  drop.setAttribute("aria-label", "Remove this example");
  drop.textContent = "×";
  entry.append(drop);
  find<HTMLElement>(row, ".label-examples .add").before(entry);
  write(row);
}

function write(row: HTMLElement): void {
  const ids = [...row.querySelectorAll<HTMLElement>("[data-example]")].map((entry) => entry.dataset.example);
  find<HTMLInputElement>(row, "[name=labelExamples]").value = ids.join(" ");
}

export function find<T extends Element>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`The form has no ${selector}`);
  return found;
}
