// Those who work: a worker for each core but one, or, where there may be none, the page itself in slices. A study is played in parts,
// and what they counted is added up, so that the answer is the same for any number of workers.
function crew(script) {
  const inPage = { slice: 25 };
  const most = Math.max(1, Math.min(8, (navigator.hardwareConcurrency || 2) - 1));
  const waiting = [];
  let workers = [];
  let local = null;
  let module = null;
  let load = null;
  let begun = null;
  const begins = new Promise((resolve) => { begun = resolve; });

  function next(worker) {
    const at = waiting.findIndex((job) => !job.by || job.by === worker);
    if (at < 0 || worker.job) { return; }
    const job = waiting.splice(at, 1)[0];
    worker.job = job;
    worker.post(job);
  }
  function done(worker, answer) {
    const job = worker.job;
    worker.job = null;
    if (job) { job.resolve(answer); }
    next(worker);
  }
  function enqueue(request, how) {
    return new Promise((resolve) => {
      const job = { request, resolve, by: how && how.by, token: how && how.token };
      if (how && how.first) { waiting.unshift(job); } else { waiting.push(job); }
      workers.forEach(next);
    });
  }
  // A worker that does not start is no worker: some places block them by an error, some by silence.
  function start() {
    return new Promise((resolve) => {
      let thread;
      const timer = setTimeout(() => resolve(null), 3000);
      const fail = () => { clearTimeout(timer); resolve(null); };
      try {
        const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
        thread = new Worker(url);
      } catch { return fail(); }
      const worker = { job: null, post: (job) => thread.postMessage({ request: job.request }) };
      thread.onerror = (event) => {
        if (event.preventDefault) { event.preventDefault(); }
        fail();
        if (worker.job) { done(worker, { refused: String(event.message), why: "broken", text: "", diagnostics: [] }); }
      };
      thread.onmessage = (event) => {
        if (event.data.ready) { clearTimeout(timer); resolve(worker); return; }
        done(worker, event.data.answer);
      };
      thread.postMessage({ module });
    });
  }
  function here() {
    const answers = keeper(module);
    const worker = { job: null, post: (job) => setTimeout(() => done(worker, answers(job.request)), 0) };
    return worker;
  }
  return {
    // How many workers there are; 0 where the page works itself, none before it is known.
    get workers() { return local ? 0 : workers.length || null; },
    get slice() { return local ? inPage.slice : 125; },
    async start(library, first) {
      module = library;
      load = first;
      const one = window.Worker ? await start() : null;
      workers = [one || (local = here())];
      // Before whatever was asked meanwhile.
      const told = enqueue(load, { by: workers[0], first: true });
      begun();
      if (one) {
        for (let k = 1; k < most; k += 1) {
          start().then((worker) => {
            if (!worker) { return; }
            enqueue(load, { by: worker, first: true });
            workers.push(worker);
            next(worker);
          });
        }
      }
      return told;
    },
    // Another scenario, for all.
    async load(request) {
      await begins;
      load = request;
      waiting.splice(0).forEach((job) => job.resolve(null));
      const all = workers.map((worker) => enqueue(load, { by: worker, first: true }));
      return (await Promise.all(all))[0];
    },
    ask: enqueue,
    // What nobody waits for any longer is not begun.
    forget(token) {
      for (let k = waiting.length - 1; k >= 0; k -= 1) {
        if (waiting[k].token === token) {
          waiting[k].resolve(null);
          waiting.splice(k, 1);
        }
      }
    },
    // Plays runs of a study and tells what these and earlier counts come to; nothing where it was given up meanwhile.
    async study(study, from, to, before, forms, token) {
      const slice = Math.max(25, Math.min(this.slice, Math.ceil((to - from) / Math.max(1, this.workers))));
      const parts = [];
      for (let at = from; at < to; at += slice) {
        parts.push(enqueue({ ask: "play", study, from: at, to: Math.min(to, at + slice) }, { token }));
      }
      const counts = before ? [before] : [];
      for (const part of await Promise.all(parts)) {
        if (!part) { return null; }
        if (part.refused) { return part; }
        counts.push(part.ok);
      }
      return enqueue({ ask: "tell", study, counts, forms }, { token, first: true });
    },
  };
}
