/** The dialogs of the work page: skip with a reason, ask the lead, keys, instructions, summary. */
import { guide } from "./guide";
import { part } from "./panel";
import type { SkipBody, WorkConfig } from "./protocol";
import type { Screen } from "./screen";
import type { Reply, Server } from "./server";
import type { Session } from "./session";

export class Talks {
  constructor(
    private readonly config: WorkConfig,
    private readonly server: Server,
    private readonly session: Session,
    private readonly screen: Screen,
  ) {
    this.skipDialog();
    this.questionDialog();
    guide(part(document, "#label-guide .guide"), config);
    // The server has sanitised the instructions; nothing else on this page is ever taken as HTML.
    part(document, "#instructions .text").innerHTML = config.instructionsHtml ?? "<p>There are no instructions.</p>";
    part(document, "#finish").addEventListener("click", () => void this.finish());
    (part(document, "#sign-in") as HTMLAnchorElement).href = config.urls.signIn;
    (part(document, "#my-work") as HTMLAnchorElement).href = config.urls.myWork;
    (part(document, "#my-questions") as HTMLAnchorElement).href = config.urls.myWork;
    (part(document, "#leave") as HTMLAnchorElement).href = config.urls.job;
    dialog("done").addEventListener("close", () => session.resume());
  }

  open(id: string): void {
    const found = dialog(id);
    if (!found.open) found.showModal();
  }

  private skipDialog(): void {
    const root = dialog("skip");
    const note = part(root, "input") as HTMLInputElement;
    const choose = (reason: SkipBody["reason"]) => {
      if (reason === "OTHER" && note.value.trim() === "") return note.focus();
      const text = note.value.trim();
      note.value = "";
      close(root);
      this.session.skip(reason, text || undefined);
    };
    const buttons = [...root.querySelectorAll<HTMLButtonElement>("button[data-reason]")];
    for (const button of buttons) {
      button.addEventListener("click", () => choose(button.dataset.reason as SkipBody["reason"]));
    }
    root.addEventListener("keydown", (event) => {
      // The key that closes the dialog must not go on to the page and choose a label there.
      if (event.target === note) {
        event.stopPropagation();
        if (event.key !== "Enter") return;
        event.preventDefault();
        choose("OTHER");
        return;
      }
      const button = buttons[Number(event.key) - 1];
      if (button && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        event.stopPropagation();
        choose(button.dataset.reason as SkipBody["reason"]);
      }
    });
  }

  private questionDialog(): void {
    const root = dialog("question");
    const form = part(root, "form") as HTMLFormElement;
    const text = part(root, "textarea") as HTMLTextAreaElement;
    const problem = part(root, ".field-problem");
    const send = async () => {
      const lease = this.session.current?.lease;
      if (!lease || text.value.trim() === "") return text.focus();
      const reply = await this.server.post(this.config.urls.question, { lease, text: text.value.trim() });
      if (reply.kind === "ok") {
        text.value = "";
        problem.textContent = "";
        close(root);
        this.screen.notice("Sent. The answer comes to this page; go on meanwhile, or skip the item.");
      } else {
        problem.textContent = notSent(reply);
      }
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void send();
    });
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
    });
  }

  private async finish(): Promise<void> {
    await this.session.outbox.flush();
    const list = part(dialog("done"), "ul");
    list.replaceChildren(
      ...this.session.tally.sentences(this.session.outbox.waiting.length).map((sentence) => {
        const line = document.createElement("li");
        line.textContent = sentence;
        return line;
      }),
    );
    this.open("done");
    await this.session.finish();
  }
}

/** Why a question was not sent, and what to do. */
function notSent(reply: Exclude<Reply<unknown>, { kind: "ok" }>): string {
  if (reply.kind === "refused") return reply.detail;
  if (reply.kind === "signed-out") return "Not sent: your session has ended. Sign in in another tab, then send it again.";
  if (reply.kind === "other-person") return "Not sent: somebody else is signed in now. The text stays here.";
  if (reply.kind === "forbidden") return "Not sent: you may not work on this job any more.";
  return "Not sent: the server cannot be reached. The text stays here.";
}

/** The field gives its focus away before the dialog is gone, so that no key is lost to a field nobody sees. */
function close(root: HTMLDialogElement): void {
  if (document.activeElement instanceof HTMLElement && root.contains(document.activeElement)) document.activeElement.blur();
  root.close();
}

function dialog(id: string): HTMLDialogElement {
  return part(document, `dialog#${id}`) as HTMLDialogElement;
}
