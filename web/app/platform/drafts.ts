/**
 * A form that is sent after its session has ended loses nothing: what was typed stays in this tab,
 * for the same person only, while they sign in again, and is put back where it was. Passwords,
 * files and hidden fields without data-kept are not. A form whose rows come by script makes room for
 * them at "draft:room" and draws them anew at "draft:back".
 */
interface Draft {
  person: string;
  page: string;
  action: string;
  fields: [name: string, value: string][];
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const PLACE = "draft";

/** The door adds it to the address of somebody who comes back after a form was refused. */
const CAME_BACK = "#kept";

const NOT_KEPT = ["password", "file", "hidden", "submit", "button"];

export function startDrafts(): void {
  const person = document.body.dataset.person;
  if (person && !location.pathname.startsWith("/account/password")) takeUp(person);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!person || event.defaultPrevented || !(form instanceof HTMLFormElement) || !isPosted(form)) return;
    const fields = controls(form).flatMap((one): [string, string][] =>
      chosenOnly(one) && !(one as HTMLInputElement).checked ? [] : [[one.name, one.value]],
    );
    const kept: Draft = { person, page: here(), action: actionOf(form), fields };
    sessionStorage.setItem(PLACE, JSON.stringify(kept));
  });
}

/** A draft waits for the next page of somebody who is signed in, whoever that is. */
function takeUp(person: string): void {
  const draft = stored();
  const cameBack = location.hash === CAME_BACK;
  if (cameBack) history.replaceState(history.state, "", here());
  sessionStorage.removeItem(PLACE);
  if (cameBack && draft?.person === person && draft.page === here()) putBack(draft);
}

function stored(): Draft | null {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

function here(): string {
  return location.pathname + location.search;
}

/** A field named "method" hides the property of the form. */
function isPosted(form: HTMLFormElement): boolean {
  return form.getAttribute("method")?.toLowerCase() === "post";
}

function actionOf(form: HTMLFormElement): string {
  return form.getAttribute("action") ?? "";
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (one): one is Control =>
      (one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement) &&
      one.name !== "" &&
      (!NOT_KEPT.includes(one.type) || one.dataset.kept !== undefined),
  );
}

function chosenOnly(one: Control): boolean {
  return one.type === "checkbox" || one.type === "radio";
}

function putBack(draft: Draft): void {
  const form = [...document.forms].find((one) => isPosted(one) && actionOf(one) === draft.action);
  if (!form || draft.fields.length === 0) return;
  form.dispatchEvent(new CustomEvent("draft:room", { detail: draft.fields }));
  const left = new Map<string, string[]>();
  for (const [name, value] of draft.fields) left.set(name, [...(left.get(name) ?? []), value]);
  for (const one of controls(form)) {
    const values = left.get(one.name) ?? [];
    if (chosenOnly(one)) (one as HTMLInputElement).checked = values.includes(one.value);
    else one.value = values.shift() ?? one.value;
  }
  form.dispatchEvent(new CustomEvent("draft:back"));
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "status");
  const head = document.createElement("b");
  head.textContent = "What you typed is back";
  const text = document.createElement("p");
  text.textContent = "Your session had ended before it was saved. Look it over and send it again.";
  notice.append(head, text);
  form.prepend(notice);
  for (let up = form.parentElement; up; up = up.parentElement) {
    if (up instanceof HTMLDetailsElement) up.open = true;
    if (up instanceof HTMLDialogElement && !up.open) up.showModal();
  }
  form.scrollIntoView({ block: "nearest" });
}
