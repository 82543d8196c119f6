// Runs the engine apart from the page, which can end it at any moment. In comes `{ module }` once, then `{ id, request }`; out go
// `{ ready }`, `{ progress }` and `{ id, reply }`.
let engine = null;
const decoder = new TextDecoder();
const read = (from, bytes) => decoder.decode(new Uint8Array(engine.memory.buffer, from, bytes));

onmessage = async ({ data }) => {
  if (data.module) {
    const page = { now: () => performance.now(), tell: (from, bytes) => postMessage({ progress: read(from >>> 0, bytes >>> 0) }) };
    engine = (await WebAssembly.instantiate(data.module, { page })).exports;
    postMessage({ ready: true });
    return;
  }
  try {
    const bytes = new TextEncoder().encode(data.request);
    const room = engine.room(bytes.length) >>> 0;
    new Uint8Array(engine.memory.buffer, room, bytes.length).set(bytes);
    const length = engine.ask() >>> 0;
    postMessage({ id: data.id, reply: read(engine.reply() >>> 0, length), memory: engine.memory.buffer.byteLength });
  } catch (fault) {
    // What has broken off once is not asked again.
    postMessage({ id: data.id, broken: String(fault) });
  }
};
