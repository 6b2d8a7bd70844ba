// Keeps a screening in IndexedDB: the file once, then each item that changes.

const DATABASE = 'screening';

/** Null where the browser stores nothing for this page. */
export async function openStorage() {
  try {
    return new Storage(await promise(Object.assign(indexedDB.open(DATABASE, 1), {
      onupgradeneeded: event => {
        event.target.result.createObjectStore('project');
        event.target.result.createObjectStore('items');
      },
    })));
  } catch {
    return null;
  }
}

class Storage {
  constructor(database) {
    this.database = database;
  }

  /** Replaces whatever is kept. */
  async put(project) {
    const {items, ...rest} = project.toJson();
    await this.#write((head, all) => {
      head.clear();
      all.clear();
      head.put({...rest, count: items.length}, 'head');
      items.forEach((item, i) => all.put(item, i));
    });
  }

  /** Keeps items that changed; resolved once they are on disk. */
  async update(project, items) {
    const places = items.map(item => [item, project.items.indexOf(item)]);
    const {items: all, ...rest} = project.toJson();
    await this.#write((head, store) => {
      head.put({...rest, count: all.length}, 'head');
      places.forEach(([item, i]) => store.put(item, i));
    });
  }

  /** As Project.open takes it; null if nothing is kept. */
  async get() {
    const transaction = this.database.transaction(['project', 'items']);
    const head = await promise(transaction.objectStore('project').get('head'));
    if (!head) return null;
    return {...head, items: await promise(transaction.objectStore('items').getAll())};
  }

  async forget() {
    await this.#write((head, items) => {
      head.clear();
      items.clear();
    });
  }

  #write(work) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(['project', 'items'], 'readwrite', {durability: 'strict'});
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
      work(transaction.objectStore('project'), transaction.objectStore('items'));
    });
  }
}

function promise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked by another tab'));
  });
}
