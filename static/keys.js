// Keys for the lab, the player's and the theme's small comforts, and a banner when the network is away.
(() => {
  const doc = document, root = doc.documentElement, click = id => doc.getElementById(id)?.click();
  const lenses = ["activation", "error", "blame", "gradient", "weights"];
  let byMouse = false;
  root.classList.add("has-script");
  doc.addEventListener("pointerdown", () => { byMouse = true; });
  doc.addEventListener("keydown", event => {
    const { key, target } = event;
    if (key === "Tab") byMouse = false;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (target.closest?.("input, select, textarea")) return;
    // A control reached by keyboard keeps its own space and enter; one left behind by a mouse click does not.
    if (!byMouse && (key === " " || key === "Enter") && target.closest?.("button, a, summary")) return;
    const action = {
      " ": "next", ArrowRight: "next", ArrowLeft: "back", Enter: "finish", p: "play", P: "play",
    }[key] || (lenses[key - 1] && "lens-" + lenses[key - 1]);
    if (action) { event.preventDefault(); click(action); }
    if (key === "?") { const help = doc.getElementById("help"); if (help) { help.open = !help.open; help.scrollIntoView({ block: "nearest" }); } }
  });
  doc.addEventListener("change", event => { if (event.target.id === "theme") event.target.form.submit(); });
  const banner = doc.getElementById("banner");
  doc.addEventListener("htmx:error", () => { banner.textContent = "The server does not answer. Your place is safe: try again in a moment."; });
  doc.addEventListener("htmx:after:swap", () => { banner.textContent = ""; });
})();
