// A student's page in class: where no stream comes through it asks, it goes where the class is, and says who is away.
(() => {
  const byId = id => document.getElementById(id), listen = byId("listen"), { dataset } = listen, since = Date.now();
  const go = () => {
    const { scene } = byId("class-now").dataset; // "ours" comes along; for anything else each page goes to its own
    if (scene !== "ours" && scene !== dataset.scene) setTimeout(() => location.replace(dataset.room), 500 * Math.random());
    dataset.scene = scene; };
  const came = () => { go(); [dataset.heard, byId("away").textContent] = [Date.now(), ""]; };
  for (const [on, act] of [["htmx:sse:after:message", came], ["gone", () => location.replace("/")]]) listen.addEventListener(on, act);
  byId("poll").addEventListener("htmx:after:request", ({ detail: { ctx } }) => { if (ctx.response?.status < 500) came(); });
  setInterval(() => {
    go();
    const rest = Date.now() - (dataset.heard || since);
    if (rest > 20000) byId("away").textContent = navigator.onLine ? dataset.server : dataset.you;
    const now = `${dataset.room}/now?seen=${byId("class-now").dataset.mark}`;
    if (rest > (dataset.heard ? 18000 : 4000)) htmx.ajax("GET", now, { source: "#poll", swap: "none" });
  }, 2000);
})();
