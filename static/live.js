// A student's page in class: where no stream comes through it asks, it goes where the class is, and says who is away.
(() => {
  const byId = id => document.getElementById(id), { dataset } = byId("listen");
  let heard = 0, since = Date.now();
  const came = () => {
    heard = Date.now(); byId("away").textContent = "";
    const { scene } = byId("class-now").dataset; // "ours" comes along; for anything else each page goes to its own
    if (scene === "ours") dataset.scene = scene;
    else if (scene !== dataset.scene) setTimeout(() => location.replace(dataset.room), 500 * Math.random());
  };
  byId("listen").addEventListener("htmx:sse:after:message", came);
  byId("listen").addEventListener("gone", () => location.replace("/"));
  document.addEventListener("htmx:after:swap", ({ target }) => { if (target.id === "poll") came(); });
  setInterval(() => {
    if (Date.now() - Math.max(heard, since) < (heard ? 20000 : 4000)) return;
    if (Date.now() - heard > 24000) byId("away").textContent = navigator.onLine ? dataset.server : dataset.you;
    htmx.ajax("GET", dataset.room + "/now?seen=" + byId("class-now").dataset.mark, { source: "#poll", swap: "none" });
  }, 2000);
})();
