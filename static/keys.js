// Keys for the lab, picking marks by mouse and arrows, lighting up what belongs together, and a banner.
(() => {
  const doc = document, byId = id => doc.getElementById(id), lenses = ["activation", "error", "blame", "gradient", "weights"];
  const keys = { " ": "next", ArrowRight: "next", ArrowLeft: "back", Enter: "finish", p: "play" };
  const tab = letter => [...doc.querySelectorAll("[data-key]")].find(one => one.dataset.key === letter);
  const mark = target => target.closest?.("[data-ref], #stage [id^='n-'], #stage [id^='w-'], #stage [id^='y-'], #cost");
  let byMouse = false;
  doc.documentElement.classList.add("has-script");
  // Play pressed before htmx was ready comes as a whole page: it plays, but its address must not, or a reload would play on.
  if (/\bplay=1/.test(location.search)) history.replaceState(history.state, "", location.href.replace(/&?\bplay=1/, ""));
  const pick = (id, form = byId("picker")) => { if (form) { form.elements.pick.value = id; form.requestSubmit(); } return form; };
  const walk = (mark, key) => {
    const columns = [...doc.querySelectorAll("#stage > g:has(> a)")].map(group => [...group.children]);
    const [right, down] = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key];
    const at = columns.findIndex(column => column.includes(mark)), column = columns[at + right] || columns[at];
    const next = column[Math.min(Math.max(columns[at].indexOf(mark) + down, 0), column.length - 1)];
    next.focus(); pick(next.id);
  };
  const follow = (now = doc.querySelector("#stage .now:not(path)"), box = now?.getBoundingClientRect(), view = now?.closest(".scroller")) => {
    const off = now && box.x + box.width / 2 - view.getBoundingClientRect().x - view.clientWidth / 2;
    if (now && Math.abs(off) + box.width / 2 > view.clientWidth / 2) view.scrollLeft += off;
  };
  doc.addEventListener("pointerdown", () => { byMouse = true; });
  doc.addEventListener("keydown", event => {
    const { key, target } = event, held = target.closest?.("#stage a");
    if (key === "Tab") byMouse = false;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || target.closest?.("input, select, textarea")) return;
    if (held && !byMouse && key.startsWith("Arrow")) { event.preventDefault(); walk(held, key); return; }
    // A control reached by keyboard keeps its own space and enter; one left behind by a mouse click does not.
    if (!byMouse && target.closest?.(key === " " ? "button, summary" : key === "Enter" ? "button, summary, a" : "nothing")) return;
    const letter = key.length === 1 ? key.toLowerCase() : key;
    const action = letter === "v" ? (byId("voice-maths")?.ariaCurrent ? "voice-story" : "voice-maths")
      : keys[letter] || tab(letter)?.id || (lenses[key - 1] && "lens-" + lenses[key - 1]);
    if (action && byId(action)) { event.preventDefault(); byId(action).click(); }
    if (key === "?" && byId("help")) { byId("help").open = !byId("help").open; byId("help").scrollIntoView({ block: "nearest" }); }
  });
  doc.addEventListener("click", event => {
    // The second half of a double click comes by when the first has moved the lab already: it is no press of its own.
    const second = event.detail === 2 && event.target.closest?.("[formaction*='at=']"), found = event.target.closest?.("#stage") && mark(event.target);
    if (second || (found && pick(found.dataset.ref || found.id))) event.preventDefault();
  });
  for (const [on, lit] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]]) {
    doc.addEventListener(on, ({ target }) => {
      const sum = target.matches?.(".equation"), found = sum ? [...target.querySelectorAll("[data-ref]")] : [mark(target)];
      for (const ref of found.map(one => one?.dataset.ref || one?.id).filter(Boolean))
        for (const one of doc.querySelectorAll(sum ? `[id="${ref}"]` : `[data-ref="${ref}"], [id="${ref}"]`)) one.classList.toggle("lit", lit);
    });
  }
  byId("theme")?.addEventListener("change", ({ target: { form } }) => {
    if (byId("lab") && form.elements.back_to) form.elements.back_to.value = location.pathname + location.search;
    form.submit();
  });
  const away = "The server does not answer. Your place is safe: try again in a moment.";
  doc.addEventListener("htmx:error", () => { byId("banner").textContent = away; });
  doc.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.response.status < 500) byId("banner").textContent = "";
    if (ctx.request.method === "POST") { byId("narration").scrollTop = 0; follow(); } // looking around leaves what was scrolled
  });
  follow();
})();
