// A worker: it is given the library once, and answers one request after the other.
let answers = null;
self.onmessage = function (event) {
  if (event.data.module) {
    answers = keeper(event.data.module);
    self.postMessage({ ready: true });
    return;
  }
  self.postMessage({ answer: answers(event.data.request) });
};
