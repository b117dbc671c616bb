/**
 * Forms keep what was typed and put the message beside the field: the browser's own checks run
 * while typing (after the first visit of a field) and speak through the field's .field-problem. What
 * is being sent is not sent twice.
 */
export function startForms(): void {
  document.addEventListener("focusout", (event) => check(event.target, true));
  document.addEventListener("input", (event) => check(event.target, false));
  document.addEventListener(
    "invalid",
    (event) => {
      if (show(event.target)) event.preventDefault();
      const form = (event.target as HTMLInputElement).form;
      form?.querySelector<HTMLElement>(":invalid:not(fieldset)")?.focus();
    },
    true,
  );
  document.addEventListener("submit", once);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) sent = new WeakMap();
  });
}

const AGAIN_AFTER_MILLIS = 5_000;
let sent = new WeakMap<HTMLFormElement, number>();

/** A double click does not send twice; where the page stays, the form can be sent again a little later. */
function once(event: SubmitEvent): void {
  const form = event.target;
  const posted = form instanceof HTMLFormElement && form.getAttribute("method")?.toLowerCase() === "post";
  if (event.defaultPrevented || !posted) return;
  const now = performance.now();
  if (now - (sent.get(form) ?? -AGAIN_AFTER_MILLIS) < AGAIN_AFTER_MILLIS) event.preventDefault();
  else sent.set(form, now);
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function control(target: EventTarget | null): Control | null {
  return target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement
    ? target
    : null;
}

function check(target: EventTarget | null, left: boolean): void {
  const input = control(target);
  if (!input?.willValidate || !input.closest(".field")) return;
  const shown = input.getAttribute("aria-invalid") === "true";
  if (input.validity.valid) clear(input);
  else if (shown || (left && input.value !== "")) show(input);
}

function messageOf(input: Control): HTMLElement | null {
  const field = input.closest(".field");
  if (!field) return null;
  const present = field.querySelector<HTMLElement>(".field-problem");
  if (present) return present;
  const made = document.createElement("p");
  made.className = "field-problem";
  made.setAttribute("aria-live", "polite");
  field.append(made);
  return made;
}

function show(target: EventTarget | null): boolean {
  const input = control(target);
  const message = input && messageOf(input);
  if (!input || !message) return false;
  message.id ||= `problem-${input.id || input.name}`;
  message.textContent = input.dataset.message ?? input.validationMessage;
  input.setAttribute("aria-invalid", "true");
  const described = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  input.setAttribute("aria-describedby", [...described.add(message.id)].join(" "));
  return true;
}

function clear(input: Control): void {
  const message = messageOf(input);
  if (input.hasAttribute("aria-invalid")) {
    input.removeAttribute("aria-invalid");
    input.closest(".field")?.classList.remove("invalid");
    if (message) message.textContent = "";
  }
}
