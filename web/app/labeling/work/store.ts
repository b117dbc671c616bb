/**
 * What must survive reload, crash and sign-in: answers and skips not yet acknowledged by the
 * server, in IndexedDB, each under its person and job. Without IndexedDB the page says so and keeps
 * them in memory only.
 */
import type { AnswerBody, SkipBody } from "./protocol";

export interface Entry {
  key: string;
  personId: string;
  jobId: string;
  madeAt: number;
  externalId: string;
  act: { kind: "answer"; body: AnswerBody } | { kind: "skip"; body: SkipBody };
  /** Why the server will not take it; it is kept for the person to see. */
  refused?: string;
}

const DATABASE = "atelier-work";
const STORE = "outbox";

export class EntryStore {
  private constructor(private readonly database: IDBDatabase | null) {}

  /** False when entries live in memory only. */
  get lasting(): boolean {
    return this.database !== null;
  }

  static open(): Promise<EntryStore> {
    return new Promise((resolve) => {
      try {
        const request = indexedDB.open(DATABASE, 1);
        request.onupgradeneeded = () => {
          const store = request.result.createObjectStore(STORE, { keyPath: "key" });
          store.createIndex("owner", ["personId", "jobId"]);
        };
        request.onsuccess = () => {
          const database = request.result;
          database.onversionchange = () => database.close();
          resolve(new EntryStore(database));
        };
        request.onerror = () => resolve(new EntryStore(null));
        request.onblocked = () => resolve(new EntryStore(null));
      } catch {
        resolve(new EntryStore(null));
      }
    });
  }

  /** Entries of this person in this job, oldest first. */
  async all(personId: string, jobId: string): Promise<Entry[]> {
    if (!this.database) return [];
    const store = this.database.transaction(STORE).objectStore(STORE);
    const found = await done<Entry[]>(store.index("owner").getAll([personId, jobId]));
    return found.sort((a, b) => a.madeAt - b.madeAt || a.key.localeCompare(b.key));
  }

  put(entry: Entry): Promise<void> {
    return this.write((store) => store.put(entry));
  }

  remove(key: string): Promise<void> {
    return this.write((store) => store.delete(key));
  }

  private write(act: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    const database = this.database;
    if (!database) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("not stored"));
      act(transaction.objectStore(STORE));
    });
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("not read"));
  });
}
