// A student's page in class: where no stream comes through it asks, it goes where the class is, and says who is away.
(() => {
  const byId = id => document.getElementById(id), listen = byId("listen"), { dataset } = listen, since = Date.now(), stream = {}; // `at`: told or opened
  const now = () => byId("class-now").dataset, leave = () => location.replace(dataset.room), ago = time => Date.now() - (time || since);
  const go = () => { // "ours" comes along; for anything else each page goes to its own
    if (!["ours", dataset.scene].includes(now().scene)) setTimeout(leave, 500 * Math.random());
    dataset.scene = now().scene; };
  const came = () => { go(); [dataset.heard, byId("away").textContent] = [Date.now(), ""]; return dataset.heard; };
  listen.addEventListener("htmx:sse:after:connection", ({ detail }) => Object.assign(stream, detail, { at: Date.now() }));
  listen.addEventListener("htmx:sse:after:message", () => { dataset.live = stream.at = came(); });
  for (const [end, to] of [["out", dataset.room], ["gone", "/"]]) listen.addEventListener(end, () => location.replace(to));
  byId("poll").addEventListener("htmx:after:request", ({ detail: { ctx: { response: r } } }) => { r?.status < 400 ? came() : r?.status < 500 && leave(); });
  setInterval(() => {
    go(); if (ago(dataset.heard) > 20000) byId("away").textContent = navigator.onLine ? dataset.server : dataset.you;
    if (ago(stream.at) > 18000) stream.connection?.reader?.cancel(); // it hangs, so anew
    if (ago(dataset.live) > (dataset.live ? 18000 : 4000)) htmx.ajax("GET", `${dataset.room}/now?seen=${now().mark}`, { source: "#poll", timeout: 5000 });
  }, 2000);
})();
