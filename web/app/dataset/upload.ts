/**
 * Sends files in parts. A part that does not arrive is sent again from where the server stands, so
 * a lost connection costs a part at most.
 */
const PART = 8 * 1024 * 1024;
const TRIES = 8;
const AT_ONCE = 4;

export interface Chosen {
  name: string;
  file: File;
}

interface Part {
  number: number;
  name: string;
  size: number;
  received: number;
}

export class Refused extends Error {
  constructor(
    message: string,
    readonly field: string | null,
  ) {
    super(message);
  }
}

/** Calls the API; a refusal carries the server's words. */
export async function call<T>(address: string, method: string, body?: unknown): Promise<T> {
  const bytes = body instanceof Blob;
  const answer = await fetch(address, {
    method,
    headers: {
      Accept: "application/json",
      "Content-Type": bytes ? "application/octet-stream" : "application/json",
      "X-CSRF-TOKEN": token(),
    },
    body: body === undefined ? null : bytes ? body : JSON.stringify(body),
  });
  if (answer.ok) return (await answer.json()) as T;
  const problem = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  const text = String(problem.detail ?? problem.title ?? "The server refused it.");
  if (answer.status >= 500 && answer.status !== 507) throw new Error(text);
  throw new Refused(text, typeof problem.field === "string" ? problem.field : null);
}

function token(): string {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") as Record<string, string>;
  return headers["X-CSRF-TOKEN"] ?? "";
}

/**
 * Sends what the server does not have of the files; answers the upload's id. The same files chosen
 * again, also after a reload, go on where they stopped.
 */
export async function send(
  base: string,
  files: Chosen[],
  progress: (sent: number, total: number, before: number) => void,
): Promise<string> {
  const total = files.reduce((sum, one) => sum + one.file.size, 0);
  const upload = await call<{ id: string; files: Part[] }>(`${base}/uploads`, "POST", {
    files: files.map((one) => ({ name: one.name, size: one.file.size })),
    key: keyOf(files),
  });
  const before = upload.files.reduce((sum, part) => sum + part.received, 0);
  let sent = before;
  let failed = false;
  progress(sent, total, before);
  const waiting = upload.files.filter((part) => part.received < part.size);
  const worker = async (): Promise<void> => {
    for (let part = waiting.shift(); part && !failed; part = waiting.shift()) {
      const file = files[part.number]?.file;
      if (!file) continue;
      let received = part.received;
      while (received < part.size && !failed) {
        const from = received;
        received = await sendPart(`${base}/uploads/${upload.id}`, part.number, file, from);
        sent += received - from;
        progress(sent, total, before);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    failed = true;
  }
  return upload.id;
}

/** Two 53-bit hashes of what identifies files: enough to find one's own upload again. */
function keyOf(files: Chosen[]): string {
  const text = files.map((one) => `${one.name}\0${one.file.size}\0${one.file.lastModified}`).join("\0");
  return [1, 2].map((seed) => hash(text, seed).toString(16).padStart(14, "0")).join("");
}

/** cyrb53, public domain. */
function hash(text: string, seed: number): number {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

async function sendPart(upload: string, number: number, file: File, offset: number): Promise<number> {
  let from = offset;
  for (let attempt = 1; ; attempt++) {
    try {
      const address = `${upload}/files/${number}?offset=${from}`;
      const answer = await call<{ received: number }>(address, "PUT", file.slice(from, from + PART));
      return answer.received;
    } catch (problem) {
      const known = await standing(upload, number).catch(() => null);
      if (known !== null && known !== from) return known;
      if (problem instanceof Refused || attempt === TRIES) throw problem;
      await new Promise((wake) => setTimeout(wake, Math.min(500 * 2 ** attempt, 15000)));
      from = known ?? from;
    }
  }
}

async function standing(upload: string, number: number): Promise<number> {
  const now = await call<{ files: Part[] }>(upload, "GET");
  return now.files.find((part) => part.number === number)?.received ?? 0;
}
