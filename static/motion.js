// The way it goes: after a press a dot per wire, with the signal or back with the blame. It says nothing that is not there too.
(() => {
  const TIME = 350, SPREAD = 110, MOST = 60, SVG = "http://www.w3.org/2000/svg", layerOf = wire => Number(wire.id.split("-")[1]);
  const byId = id => document.getElementById(id), calm = matchMedia("(prefers-reduced-motion: reduce)");
  let finish = () => {}, clear = () => { byId("motion")?.replaceChildren(); finish(); };
  const dot = (wire, back, delay) => {
    const one = document.createElementNS(SVG, "circle"), size = Math.min(9, 3 + parseFloat(wire.getAttribute("stroke-width")));
    const gate = back ? parseFloat(wire.dataset.gate || 1) : 1; // the share of the blame that the slope lets through
    one.setAttribute("class", "dot " + [...wire.classList].filter(name => ["more", "less", "ink"].includes(name)).join(" "));
    one.style.offsetPath = `path("${wire.getAttribute("d")}")`;
    byId("motion").appendChild(one).setAttribute("r", size);
    const [from, to] = back ? ["100%", "0%"] : ["0%", "100%"], small = `scale(${Math.max(0.15, gate)})`;
    const frames = [{ offsetDistance: from, opacity: 1 }, { offsetDistance: to, opacity: 1, transform: "none", offset: 0.9 },
      { offsetDistance: to, opacity: 0, transform: small }];
    one.animate(frames, { duration: TIME, delay, easing: "ease-in-out", fill: "both" }).finished.then(() => one.remove(), () => {});
  };
  const travel = () => {
    const back = byId("lab").classList.contains("phase-backward"), wires = [...document.querySelectorAll("#stage .wire.now:not(.rest)")];
    if (!byId("motion") || wires.length > MOST) return;
    const layers = [...new Set(wires.map(layerOf))].sort((a, b) => back ? b - a : a - b);
    for (const wire of wires) dot(wire, back, layers.indexOf(layerOf(wire)) * SPREAD);
  };
  // At the descent the numbers count from old to new; a reader hears the text as it stands in the page, at its end.
  const count = () => {
    const moving = [...document.querySelectorAll("[data-from]")].map(node => [node, node.textContent]);
    let over = !moving.length, begin = performance.now(), digits = text => (text.split(".")[1] || "").length;
    finish = () => { over = true; for (const [node, end] of moving) node.textContent = end; finish = () => {}; };
    const step = now => {
      if (over) return;
      const part = Math.min(1, (now - begin) / TIME);
      for (const [node, end] of moving) {
        const value = parseFloat(node.dataset.from) + part * (parseFloat(node.dataset.to) - parseFloat(node.dataset.from));
        node.textContent = part < 1 ? value.toFixed(digits(end)).replace("-", "−") : end;
      }
      if (part < 1) requestAnimationFrame(step); else finish();
    };
    requestAnimationFrame(step);
  };
  document.addEventListener("htmx:before:request", clear);
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    clear();
    if (ctx.request.method !== "POST" || calm.matches || !byId("stage") || /\/short\?/.test(ctx.request.action)) return; // nothing went
    travel();
    if (byId("lab").classList.contains("phase-descent")) count();
  });
})();
