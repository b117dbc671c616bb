/** The form that brings embeddings: files are sent in parts, then the server reads them. */
import { call, type Chosen, Refused, send } from "./upload";

export function startEmbeddings(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-embeddings]")) begin(form);
}

function begin(form: HTMLFormElement): void {
  let chosen: Chosen[] = [];
  let sending = false;
  const choose = (files: FileList | null): void => {
    chosen = Array.from(files ?? []).map((file) => ({ name: file.name, file }));
    say(form, "[data-chosen]", chosen.map((one) => one.name).join(", "));
    problem(form, "");
  };
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  input?.addEventListener("change", () => choose(input.files));
  const drop = form.querySelector<HTMLElement>("[data-drop]");
  drop?.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop?.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop?.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    choose(event.dataTransfer?.files ?? null);
  });
  addEventListener("beforeunload", (event) => {
    if (sending) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sending = true;
    void submit(form, chosen).finally(() => (sending = false));
  });
  // Files may have been chosen before this script was there; until then nothing could be sent.
  choose(input?.files ?? null);
  allowSending(form, true);
}

async function submit(form: HTMLFormElement, chosen: Chosen[]): Promise<void> {
  problem(form, "");
  allowSending(form, false);
  try {
    if (chosen.length === 0) throw new Refused("Choose the files first.", null);
    const base = `/api/v1/projects/${form.dataset.project}`;
    const upload = await send(base, chosen, (sent, total) => progress(form, sent, total));
    await call(`${base}/datasets/${form.dataset.dataset}/embeddings`, "POST", { upload });
    location.reload();
  } catch (failure) {
    problem(
      form,
      failure instanceof Refused
        ? failure.message
        : "The server cannot be reached. What arrived is kept: send it again to go on where it stopped.",
    );
    allowSending(form, true);
  }
}

function allowSending(form: HTMLFormElement, yes: boolean): void {
  const button = form.querySelector<HTMLButtonElement>("[type=submit]");
  if (button) button.disabled = !yes;
}

function progress(form: HTMLFormElement, sent: number, total: number): void {
  const line = form.querySelector<HTMLElement>("[data-progress]");
  if (line) line.hidden = false;
  const bar = form.querySelector<HTMLProgressElement>("[data-progress] progress");
  if (bar) bar.value = total > 0 ? sent / total : 1;
  say(form, "[data-numbers]", `${Math.floor((100 * sent) / Math.max(1, total))} %`);
}

function problem(form: HTMLFormElement, text: string): void {
  const place = form.querySelector<HTMLElement>("[data-problem]");
  if (!place) return;
  place.textContent = text;
  place.hidden = text === "";
  const line = form.querySelector<HTMLElement>("[data-progress]");
  if (text && line) line.hidden = true;
}

function say(form: HTMLFormElement, selector: string, text: string): void {
  const place = form.querySelector(selector);
  if (place) place.textContent = text;
}
