// A student's page in class: where no stream comes through it asks, it goes where the class is, and says who is away.
(() => {
  const byId = id => document.getElementById(id), listen = byId("listen"), { dataset } = listen, since = Date.now();
  const now = () => byId("class-now").dataset, leave = () => location.replace(dataset.room);
  const go = () => { // "ours" comes along; for anything else each page goes to its own
    if (now().scene !== "ours" && now().scene !== dataset.scene) setTimeout(leave, 500 * Math.random());
    dataset.scene = now().scene;
  };
  const came = () => { go(); [dataset.heard, byId("away").textContent] = [Date.now(), ""]; return dataset.heard; };
  listen.addEventListener("htmx:sse:after:message", () => { dataset.live = came(); });
  for (const [on, to] of [["out", dataset.room], ["gone", "/"]]) listen.addEventListener(on, () => location.replace(to));
  byId("poll").addEventListener("htmx:after:request", ({ detail: { ctx: { response: r } } }) => { r?.status < 400 ? came() : r?.status < 500 && leave(); });
  setInterval(() => {
    go();
    if (Date.now() - (dataset.heard || since) > 20000) byId("away").textContent = navigator.onLine ? dataset.server : dataset.you;
    if (Date.now() - (dataset.live || since) > (dataset.live ? 18000 : 4000)) htmx.ajax("GET", `${dataset.room}/now?seen=${now().mark}`, { source: "#poll" });
  }, 2000);
})();
