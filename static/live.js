// A student's page in class: where no stream comes through it asks, it goes where the class is, and says who is away.
(() => {
  const byId = id => document.getElementById(id), listen = byId("listen"), { dataset } = listen, since = Date.now(), state = {}; // `at`: told or opened
  const now = () => byId("class-now").dataset, room = () => location.replace(dataset.room), ago = time => Date.now() - (time || since);
  const leave = () => fetch("/livez", { signal: AbortSignal.timeout(5000) }).then(r => r.ok ? room() : Promise.reject()).catch(() => { state.leaving = 0; });
  const go = ({ scene } = now()) => // "ours" comes along; for anything else each page goes to its own
    scene === "ours" ? dataset.scene = scene : scene !== dataset.scene && (state.leaving ||= setTimeout(leave, 500 * Math.random()));
  const came = () => { go(); [dataset.heard, byId("away").textContent] = [Date.now(), ""]; return dataset.heard; };
  const gone = () => { setTimeout(() => { byId("away").textContent = dataset.over; }); setTimeout(() => location.replace(dataset.after), 4000); };
  const told = { out: room, gone, "htmx:sse:after:message": () => { dataset.live = state.at = came(); },
    "htmx:sse:after:connection": e => Object.assign(state, e.detail, { at: Date.now() }) }; for (const on in told) listen.addEventListener(on, told[on]);
  const asked = (status = 500) => { if (status < 400) came(); else if (status === 404) gone(); else if (status < 500) room(); };
  byId("poll").addEventListener("htmx:after:request", ({ detail: { ctx } }) => asked(ctx.response?.status));
  setInterval(() => {
    go(); if (ago(state.at) > 18000) state.connection?.reader?.cancel(); // it hangs, so anew
    if (ago(dataset.heard) > 20000) byId("away").textContent = navigator.onLine ? dataset.server : dataset.you;
    if (ago(dataset.live) > (dataset.live ? 18000 : 4000)) htmx.ajax("GET", `${dataset.room}/now?seen=${now().mark}`, { source: "#poll", timeout: 5000 });
  }, 2000);
})();
