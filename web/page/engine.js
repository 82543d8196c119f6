// The engine behind the page: a worker that is started when it is needed, asked one thing at a time, and ended to cancel.

class Cancelled extends Error {}
class Broken extends Error {}

const engine = {
  module: null, // the compiled code, kept for the next worker
  worker: null,
  opened: null, // the texts that the worker has open
  waiting: null, // what is asked, until it is answered
  queue: Promise.resolve(),
  next: 1,
  memory: 0,
  onProgress: () => {},

  async compile() {
    this.module ??= unpacked("engine").arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
    return this.module;
  },

  async start() {
    const module = await this.compile();
    if (this.worker) return;
    const address = URL.createObjectURL(new Blob([byId("worker").textContent], { type: "text/javascript" }));
    const worker = new Worker(address);
    this.worker = worker;
    this.opened = null;
    await new Promise((resolve, reject) => {
      this.waiting = { reject };
      worker.onmessage = ({ data }) => {
        if (data.ready) resolve();
        else if (data.progress !== undefined) this.onProgress(data.progress);
        else {
          this.memory = data.memory ?? this.memory;
          const { waiting } = this;
          this.waiting = null;
          if (data.broken === undefined) waiting?.resolve(JSON.parse(data.reply));
          else {
            this.end();
            waiting?.reject(new Broken(data.broken));
          }
        }
      };
      worker.onerror = (fault) => reject(new Broken(fault.message));
      worker.postMessage({ module });
    });
    this.waiting = null;
    URL.revokeObjectURL(address);
  },

  send(request) {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker.postMessage({ id: this.next++, request: JSON.stringify(request) });
    });
  },

  end() {
    this.worker?.terminate();
    this.worker = null;
    this.opened = null;
  },

  /** End what is going on. The next request starts a new worker. */
  cancel() {
    const { waiting } = this;
    this.end();
    this.waiting = null;
    waiting?.reject(new Cancelled("cancelled"));
  },

  /** Ask in turn, with the model open: `{ ok }`, `{ faults, text }` or `{ error }`. */
  ask(model, request) {
    const asked = this.queue.then(async () => {
      await this.start();
      if (this.opened !== model) {
        this.onProgress("reading the model");
        const opened = await this.send({ ask: "open", texts: model.texts, main: model.main });
        this.opened = opened.ok ? model : null;
        if (!opened.ok || request === null) return opened;
        model.opened = opened.ok;
      }
      return request === null ? { ok: model.opened } : this.send(request);
    });
    this.queue = asked.catch(() => {});
    return asked;
  },
};
