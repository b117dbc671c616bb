/** The form that brings data: files dropped or chosen, columns offered, sent in parts. */
import { call, type Chosen, Refused, send } from "./upload";

/** As long as the longest line that is taken. */
const PEEK = 1024 * 1024;
const LISTED = ["CSV", "TSV", "JSONL"];

export function startIntake(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-intake]")) new Intake(form);
}

class Intake {
  private chosen: Chosen[] = [];
  private sending = false;

  constructor(private readonly form: HTMLFormElement) {
    form.addEventListener("change", (event) => this.changed(event.target as HTMLElement));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
    const drop = form.querySelector<HTMLElement>("[data-drop]");
    drop?.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    drop?.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop?.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (event.dataTransfer) void this.dropped(event.dataTransfer);
    });
    addEventListener("beforeunload", (event) => {
      if (this.sending) event.preventDefault();
    });
    this.showParts();
    this.takeOver();
  }

  /** Files may have been chosen before this script was there; until then nothing could be sent. */
  private takeOver(): void {
    const files = this.form.querySelector<HTMLInputElement>("input[type=file]");
    if (files?.files?.length) this.changed(files);
    this.allowSending(true);
  }

  private allowSending(yes: boolean): void {
    const button = this.form.querySelector<HTMLButtonElement>("[type=submit]");
    if (button) button.disabled = !yes;
  }

  private changed(target: HTMLElement): void {
    if (target instanceof HTMLInputElement && target.type === "file") {
      const files = Array.from(target.files ?? []);
      this.choose(files.map((file) => ({ name: file.webkitRelativePath || file.name, file })));
    } else if (target instanceof HTMLInputElement && target.name === "format") {
      this.showParts();
      this.offerLabelsFiles();
      void this.offerColumns();
    }
  }

  private async dropped(data: DataTransfer): Promise<void> {
    // Both are only there during the event; a file that is no part of a file system has no entry.
    const dropped = Array.from(data.items).map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
    const chosen: Chosen[] = [];
    for (const { entry, file } of dropped) {
      if (entry) await collect(entry, "", chosen);
      else if (file) chosen.push({ name: file.name, file });
    }
    this.choose(chosen);
  }

  private choose(chosen: Chosen[]): void {
    const sent = chosen.filter((one) => !isLitter(one.name) && !isHidden(one.name));
    const hidden = chosen.filter((one) => !isLitter(one.name) && isHidden(one.name)).length;
    this.chosen = commonFolderDropped(sent);
    const bytes = this.chosen.reduce((sum, one) => sum + one.file.size, 0);
    const first = this.chosen[0]?.name ?? "";
    const more = this.chosen.length - 1;
    const none = hidden > 0 ? `Nothing to send${hiddenWords(hidden)}` : "";
    this.text("[data-chosen]", !first ? none : `${first}${more > 0 ? ` and ${more.toLocaleString()} more` : ""}, ${size(bytes)}${hiddenWords(hidden)}`);
    this.offerLabelsFiles();
    void this.offerColumns();
  }

  private format(): string {
    return this.form.querySelector<HTMLInputElement>("[name=format]:checked")?.value ?? "";
  }

  private showParts(): void {
    const format = this.format();
    for (const part of this.form.querySelectorAll<HTMLElement>("[data-for]")) {
      part.hidden = !(part.dataset.for ?? "").split(" ").includes(format);
    }
    const input = this.form.querySelector<HTMLInputElement>("input[type=file]");
    if (input) input.webkitdirectory = format === "FOLDER";
  }

  private async offerColumns(): Promise<void> {
    const file = this.chosen[0]?.file;
    if (!file || !LISTED.includes(this.format())) return;
    const head = (await file.slice(0, PEEK).text()).replace(/^\uFEFF/, "");
    const columns = this.format() === "JSONL" ? keys(head) : cells(head, this.format() === "TSV" ? "\t" : ",");
    const list = this.form.querySelector("#columns");
    list?.replaceChildren(...options(columns));
    this.text("[data-columns]", columns.length ? `The file has: ${columns.join(", ")}` : "");
    for (const [field, usual] of [["textColumns", "text"], ["idColumn", "id"], ["labelColumn", "label"]] as const) {
      const input = this.input(field);
      if (input && !input.value && columns.includes(usual)) input.value = usual;
    }
  }

  /** Says which labels file is read of a folder, or which could be meant. */
  private offerLabelsFiles(): void {
    const names = this.format() === "FOLDER" ? this.chosen.map((one) => one.name) : [];
    const files = names.filter((name) => /\.csv$/i.test(name)).sort();
    this.form.querySelector("#labelsFiles")?.replaceChildren(...options(files));
    const usual = files.filter((name) => /(^|\/)labels\.csv$/.test(name));
    const read = usual.includes("labels.csv") ? "labels.csv" : usual.length === 1 ? usual[0] : undefined;
    const shown = files.slice(0, 10).join(", ") + (files.length > 10 ? ", …" : "");
    const advice = usual.length > 1 ? "Several are called labels.csv" : "None is called labels.csv";
    this.text("[data-labels-found]", read ? `Chosen: ${read}` : shown && `${advice}. Name the one that is meant: ${shown}`);
  }

  /** Before anything is sent; what an archive holds is known only to the server. */
  private requireLabelsFile(): void {
    const named = this.value("labelsFile");
    if (this.format() === "FOLDER" && named && !this.chosen.some((one) => one.name === named)) {
      throw new Refused(`There is no file ${named} among those you chose.`, "labelsFile");
    }
  }

  private async submit(): Promise<void> {
    this.problem(null, "");
    this.allowSending(false);
    try {
      const base = `/api/v1/projects/${this.form.dataset.project}`;
      const path = this.value("path");
      let upload: string | null = null;
      if (!path) {
        if (this.chosen.length === 0) throw new Refused("Choose the files first.", "files");
        this.requireLabelsFile();
        this.sending = true;
        upload = await send(base, this.chosen, (sent, total, before) => this.progress(sent, total, before));
      }
      const run = await this.begin(base, this.spec(upload, path));
      this.sending = false;
      location.assign(`/p/${this.form.dataset.slug}/datasets/imports/${run.id}`);
    } catch (problem) {
      this.sending = false;
      const field = problem instanceof Refused ? problem.field : null;
      const text = problem instanceof Refused ? problem.message : "The server cannot be reached. What arrived is kept: send it again to go on where it stopped.";
      this.problem(field, text);
      this.allowSending(true);
    }
  }

  private begin(base: string, source: unknown): Promise<{ id: string }> {
    const dataset = this.form.dataset.dataset;
    if (dataset) return call(`${base}/datasets/${dataset}/imports`, "POST", source);
    const format = this.format();
    const kind = format === "MANIFEST" ? this.value("kind", ":checked") : LISTED.includes(format) ? "TEXT" : "IMAGE";
    return call(`${base}/datasets`, "POST", {
      name: this.value("name"),
      description: this.value("description"),
      kind,
      source,
    });
  }

  private spec(upload: string | null, path: string): Record<string, unknown> {
    const format = this.format();
    const separator = this.value("labelSeparator") || null;
    const names = lines(this.value("classNames"));
    return {
      format,
      upload,
      path: path || null,
      labelsPath: this.value("labelsPath") || null,
      classNames: names,
      allowedLabels: lines(this.value("allowedLabels")),
      text: LISTED.includes(format)
        ? {
            idColumn: this.value("idColumn") || null,
            textColumns: this.value("textColumns").split(",").map((name) => name.trim()).filter(Boolean),
            labelColumn: this.value("labelColumn") || null,
            labelSeparator: separator,
            metadataColumns: null,
            encoding: format === "JSONL" ? null : this.value("encoding") || null,
          }
        : null,
      pictures: ["FOLDER", "ZIP"].includes(format)
        ? { labelsFile: this.value("labelsFile") || null, labelSeparator: separator, labelsFromFolders: this.input("labelsFromFolders")?.checked ?? false }
        : null,
      manifest: format === "MANIFEST" ? { idKey: this.value("idKey") || null, labelAttribute: this.value("labelAttribute") || null } : null,
    };
  }

  private progress(sent: number, total: number, before: number): void {
    const line = this.form.querySelector<HTMLElement>("[data-progress]");
    if (!line) return;
    line.hidden = false;
    const bar = line.querySelector("progress");
    if (bar) bar.value = total > 0 ? sent / total : 1;
    this.text("[data-what]", before > 0 ? "Going on" : "Sending");
    this.text("[data-numbers]", `${size(sent)} of ${size(total)}${before > 0 ? `, ${size(before)} were there already` : ""}`);
  }

  private problem(field: string | null, text: string): void {
    for (const place of this.form.querySelectorAll<HTMLElement>("[data-problem]")) {
      place.hidden = place.dataset.problem !== field || !text;
      if (!place.hidden) place.textContent = text;
    }
    const beside = field !== null && this.form.querySelector(`[data-problem="${CSS.escape(field)}"]`) !== null;
    const notice = this.form.querySelector<HTMLElement>("[data-failure]");
    if (notice) notice.hidden = !text || beside;
    this.text("[data-failure-text]", text);
  }

  private input(name: string): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>(`[name="${name}"]`);
  }

  private value(name: string, state = ""): string {
    return this.form.querySelector<HTMLInputElement>(`[name="${name}"]${state}`)?.value.trim() ?? "";
  }

  private text(selector: string, text: string): void {
    const place = this.form.querySelector(selector);
    if (place) place.textContent = text;
  }
}

async function collect(entry: FileSystemEntry, folder: string, into: Chosen[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((take, fail) => (entry as FileSystemFileEntry).file(take, fail));
    into.push({ name: folder + entry.name, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((take, fail) => reader.readEntries(take, fail));
    if (some.length === 0) return;
    for (const one of some) await collect(one, `${folder}${entry.name}/`, into);
  }
}

function options(values: string[]): HTMLOptionElement[] {
  return values.map((value) => Object.assign(document.createElement("option"), { value }));
}

/** What operating systems leave in folders; the server passes over the same. */
function isLitter(name: string): boolean {
  return /(^|\/)(\.ds_store|thumbs\.db|ehthumbs\.db|desktop\.ini|\._[^/]*)$|(^|\/)__macosx\//i.test(name);
}

function isHidden(name: string): boolean {
  return /(^|\/)\./.test(name);
}

function hiddenWords(count: number): string {
  if (count === 0) return "";
  return count === 1 ? "; 1 hidden file is left out" : `; ${count.toLocaleString()} hidden files are left out`;
}

/** A folder was chosen: names begin inside it. */
function commonFolderDropped(chosen: Chosen[]): Chosen[] {
  const first = chosen[0]?.name.split("/")[0];
  const common = chosen.length > 0 && chosen.every((one) => one.name.includes("/") && one.name.split("/")[0] === first);
  return common ? chosen.map((one) => ({ ...one, name: one.name.slice((first ?? "").length + 1) })) : chosen;
}

function keys(head: string): string[] {
  try {
    return Object.keys(JSON.parse(head.split("\n")[0] ?? "") as object);
  } catch {
    return [];
  }
}

function cells(head: string, separator: string): string[] {
  return (head.split(/\r?\n/)[0] ?? "")
    .split(separator)
    .map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"))
    .filter(Boolean);
}

function lines(text: string): string[] | null {
  const all = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return all.length ? all : null;
}

function size(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024).toLocaleString()} kB`;
  return `${(bytes / 1024 / 1024).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB`;
}
