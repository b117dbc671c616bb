/**
 * What must survive reload, crash and sign-in: answers and skips not yet acknowledged by the
 * server, in IndexedDB, each under its person and job. Without IndexedDB the page says so and keeps
 * them in memory only.
 */
import type { AnswerBody, Lease, SkipBody } from "./protocol";

export interface Entry {
  key: string;
  personId: string;
  jobId: string;
  madeAt: number;
  externalId: string;
  act: { kind: "answer"; body: AnswerBody } | { kind: "skip"; body: SkipBody } | { kind: "undo"; body: { key: string } };
  /** Why the server will not take it; it is kept for the person to see. */
  refused?: string;
}

/** The items that were here last, so that a page that comes back without network goes on with them. */
export interface KeptItems {
  leases: Lease[];
  work: { open: number; mine: number };
}

const DATABASE = "atelier-work";
const STORE = "outbox";
const ITEMS = "items";

export class EntryStore {
  /** Keys of entries that the browser would not store, for want of room for example. */
  private readonly unstored = new Set<string>();

  private constructor(private readonly database: IDBDatabase | null) {}

  /** False when entries, or some of them, live in memory only. */
  get lasting(): boolean {
    return this.database !== null && this.unstored.size === 0;
  }

  static open(): Promise<EntryStore> {
    return new Promise((resolve) => {
      try {
        const request = indexedDB.open(DATABASE, 2);
        request.onupgradeneeded = (event) => {
          if (event.oldVersion < 1) {
            const store = request.result.createObjectStore(STORE, { keyPath: "key" });
            store.createIndex("owner", ["personId", "jobId"]);
          }
          request.result.createObjectStore(ITEMS);
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

  /** The entry as it is now, which another tab may have changed; undefined when it is gone. */
  async get(key: string): Promise<Entry | undefined> {
    if (!this.database) return undefined;
    return done<Entry | undefined>(this.database.transaction(STORE).objectStore(STORE).get(key));
  }

  async put(entry: Entry): Promise<void> {
    try {
      await this.write(STORE, (store) => store.put(entry));
      this.unstored.delete(entry.key);
    } catch (error) {
      this.unstored.add(entry.key);
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    this.unstored.delete(key);
    await this.write(STORE, (store) => store.delete(key));
  }

  /** Remembers the items that are here, for this person in this job. */
  async keepItems(personId: string, jobId: string, items: KeptItems): Promise<void> {
    await this.write(ITEMS, (store) => store.put(items, [personId, jobId])).catch(() => undefined);
  }

  async keptItems(personId: string, jobId: string): Promise<KeptItems | undefined> {
    if (!this.database) return undefined;
    const store = this.database.transaction(ITEMS).objectStore(ITEMS);
    return done<KeptItems | undefined>(store.get([personId, jobId])).catch(() => undefined);
  }

  private write(name: string, act: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    const database = this.database;
    if (!database) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(name, "readwrite", {
        durability: name === STORE ? "strict" : "relaxed",
      });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("not stored"));
      act(transaction.objectStore(name));
    });
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("not read"));
  });
}
