/** Bringing pictures from one's own machine that show a label. */
import { call, Refused } from "../dataset/upload";
import { addExample, find } from "./examples";

const MOST_EXAMPLES = 6;
const MOST_BYTES = 64 * 1024 * 1024;

export function startExamplePictures(form: HTMLFormElement): void {
  const chooser = document.querySelector<HTMLInputElement>("#example-files");
  if (!chooser) return;
  let row: HTMLElement | null = null;
  form.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-bring-examples]")) return;
    row = (event.target as Element).closest<HTMLElement>(".label-row");
    chooser.value = "";
    chooser.click();
  });
  chooser.addEventListener("change", () => {
    if (row) void bring(row, [...(chooser.files ?? [])]);
  });
}

async function bring(row: HTMLElement, files: File[]): Promise<void> {
  const status = find<HTMLElement>(row, "[data-examples-problem]");
  const button = find<HTMLButtonElement>(row, "[data-bring-examples]");
  const wrong: string[] = [];
  button.disabled = true;
  for (const [at, file] of files.entries()) {
    status.textContent = `Sending ${at + 1} of ${files.length} …`;
    const refusal = await bringOne(row, file);
    if (refusal) wrong.push(`${file.name}: ${refusal}`);
  }
  button.disabled = false;
  status.textContent = wrong.join(" ");
}

/** Answers why a picture was not taken, null when it was. */
async function bringOne(row: HTMLElement, file: File): Promise<string | null> {
  if (row.querySelectorAll("[data-example]").length >= MOST_EXAMPLES) {
    return `not sent, a label shows at most ${MOST_EXAMPLES} examples. Remove one first.`;
  }
  if (file.size > MOST_BYTES) return "not sent, it has more than 64 MiB. Choose a smaller one.";
  const editor = document.querySelector<HTMLElement>("#label-editor");
  try {
    const picture = await call<{ sha256: string }>(editor?.dataset.bring ?? "", "POST", file);
    if (!row.isConnected) return "the labels were changed meanwhile. Upload it again.";
    addExample(row, {
      id: picture.sha256,
      picture: `${editor?.dataset.pictures}${picture.sha256}?size=256`,
      words: "uploaded picture",
      page: `${editor?.dataset.examplePages}${picture.sha256}`,
    });
    return null;
  } catch (problem) {
    return problem instanceof Refused
      ? problem.message
      : "not sent, the server cannot be reached. Nothing else is lost; try again.";
  }
}
