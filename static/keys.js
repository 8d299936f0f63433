// Keys for the lab, picking marks by mouse and arrows, lighting up what belongs together, words explained where they stand.
(() => {
  const doc = document, byId = id => doc.getElementById(id), lenses = ["activation", "error", "blame", "gradient", "weights"];
  const keys = { " ": "next", ArrowRight: "next", ArrowLeft: "back", Enter: "finish", p: "play" };
  const tab = letter => [...doc.querySelectorAll("[data-key]")].find(one => one.dataset.key === letter);
  const mark = target => target.closest?.("[data-ref], #stage [id^='n-'], #stage [id^='w-'], #stage [id^='y-'], #cost");
  let byMouse = false, busy = false, waiting = [], held = false;
  doc.documentElement.classList.add("has-script");
  // Play pressed before htmx was ready comes as a whole page: it plays, but its address must not, or a reload would play on.
  if (/\bplay=1/.test(location.search)) history.replaceState(history.state, "", location.href.replace(/&?\bplay=1/, ""));
  // The first press makes a lab, another page: the big button is held there too, and what was pressed meanwhile follows. A mouse leaves no ring.
  const { focus, more } = JSON.parse(sessionStorage.getItem("first") || "{}"); sessionStorage.removeItem("first");
  if (focus) byId("next")?.focus({ preventScroll: true }); // Tab goes on from there
  if (focus === "mouse") { byId("next")?.blur(); byMouse = true; }
  if (more) { waiting = more; addEventListener("load", () => setTimeout(goOn)); }
  const pick = (id, form = byId("picker")) => { if (form) { form.elements.pick.value = id; form.requestSubmit(); } return form; };
  const walk = (mark, key) => {
    const columns = [...doc.querySelectorAll("#stage > g:has(> a[id])")].map(group => [...group.children]);
    const [right, down] = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key];
    const at = columns.findIndex(column => column.includes(mark)), column = columns[at + right] || columns[at];
    const next = column[Math.min(Math.max(columns[at].indexOf(mark) + down, 0), column.length - 1)];
    next.focus(); if (byId("picker")?.method !== "post") pick(next.id); // an answer is given by Enter
  };
  const explain = one => {
    const tip = byId("tip"), box = one.getBoundingClientRect();
    const more = Object.assign(doc.createElement("a"), { href: one.getAttribute("href"), textContent: tip.dataset.more });
    tip.showPopover({ source: one.closest("svg") ? undefined : one });
    tip.replaceChildren(one.dataset.tip + " ", more);
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${box.top > tip.offsetHeight + 16 ? box.top - tip.offsetHeight - 8 : box.bottom + 8}px`;
  };
  // A key is never lost: what is pressed while an answer is under way waits for it. One that is held down does not pile up.
  const press = id => {
    byId("tip")?.hidePopover();
    if (!busy) byId(id)?.click(); else if (!held) waiting.push(id);
  };
  const goOn = () => {
    const id = waiting.find(one => doc.querySelector(`#${one}:not(:disabled)`)); // a Back that leads nowhere is passed by
    waiting = id ? waiting.slice(waiting.indexOf(id) + 1) : [];
    if (id) press(id);
  };
  const letters = () => localStorage.getItem("letters") !== "off";
  doc.addEventListener("pointerdown", ({ target }) => {
    byMouse = true;
    for (const menu of doc.querySelectorAll("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  });
  doc.addEventListener("pointermove", ({ target, offsetX }) => { // over the run's chart: the nearest numbers that are told
    if (target.id !== "timeline") return;
    const at = 1 + offsetX / target.clientWidth * (target.max - 1), off = row => Math.abs(row.cells[0].textContent.replace(",", "") - at);
    const [near] = [...doc.querySelectorAll("#readings tbody tr")].sort((one, other) => off(one) - off(other));
    if (near) target.title = `iteration ${near.cells[0].textContent}: cost ${near.cells[1].textContent}`;
  });
  doc.addEventListener("keydown", event => {
    const { key, target } = event, mine = target.closest?.("#stage a[id]"), open = doc.querySelector("details.menu[open]");
    [held, byMouse] = [event.repeat, byMouse && key !== "Tab"];
    if (key === "Escape" && open && !doc.querySelector(":popover-open")) { open.open = false; open.querySelector("summary").focus(); }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || target.closest?.("input, select, textarea")?.checkVisibility()) return;
    if (mine && !byMouse && key.startsWith("Arrow")) { event.preventDefault(); walk(mine, key); return; }
    // A control reached by keyboard keeps its own space and enter; one left behind by a mouse click does not.
    if (!byMouse && key === " " && target.matches?.("a[role=button]")) { event.preventDefault(); press(target.id); return; }
    if (!byMouse && target.closest?.(key === " " ? "button, summary" : key === "Enter" ? "button, summary, a" : "nothing")) return;
    if (key.length === 1 && key !== " " && !letters()) return;
    const letter = key.length === 1 ? key.toLowerCase() : key;
    const action = letter === "v" ? (byId("voice-maths")?.ariaCurrent ? "voice-story" : "voice-maths")
      : keys[letter] || tab(letter)?.id || (lenses[key - 1] && "lens-" + lenses[key - 1]);
    if (action && byId(action)) { event.preventDefault(); if (byMouse) doc.activeElement.blur(); press(action); }
    if (key === "?") byId("help")?.togglePopover();
  });
  doc.addEventListener("click", event => { // so does a control that is pressed by its own key
    const one = busy && event.detail === 0 && event.target.closest?.("#lab :is(a, button:not([type=button]))[id]");
    if (one) { event.preventDefault(); event.stopPropagation(); press(one.id); }
  }, true);
  doc.addEventListener("click", event => {
    const word = event.target.closest?.("[data-tip]");
    if (word) { event.preventDefault(); explain(word); return; }
    const copied = byId(event.target.dataset?.copy); // over plain http there is no clipboard but what is selected
    copied?.select();
    if (copied) { navigator.clipboard?.writeText(copied.value) ?? doc.execCommand("copy"); byId("copied").textContent = byId("copied").dataset.done; }
    // The second half of a double click comes by when the first has moved the lab already: it is no press of its own.
    const second = event.detail === 2 && event.target.closest?.("[formaction*='at=']"), found = event.target.closest?.("#stage") && mark(event.target);
    if (second || (found && pick(found.dataset.ref || found.id))) event.preventDefault();
  });
  const alight = { pointer: [], focus: [] }; // selectors of what belongs to what is pointed at, and to what is focused
  const light = on => { for (const one of Object.values(alight).flat()) for (const node of doc.querySelectorAll(one)) node.classList.toggle("lit", on); };
  for (const [on, lit] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]]) {
    doc.addEventListener(on, ({ target }) => {
      const sum = target.matches?.(".equation"), found = sum ? [...target.querySelectorAll("[data-ref]")] : [mark(target)];
      const refs = found.map(one => one?.dataset.ref || one?.id).filter(Boolean);
      if (!refs.length) return;
      light(false);
      alight[on.startsWith("pointer") ? "pointer" : "focus"] = lit ? refs.map(ref => sum ? `[id="${ref}"]` : `[data-ref="${ref}"], [id="${ref}"]`) : [];
      light(true);
    });
  }
  byId("theme")?.addEventListener("change", ({ target: { form } }) => {
    if (byId("lab") && form.elements.back_to) form.elements.back_to.value = location.pathname + location.search;
    form.submit();
  });
  if (byId("letters")) byId("letters").checked = letters();
  byId("letters")?.addEventListener("change", ({ target }) => localStorage.setItem("letters", target.checked ? "on" : "off"));
  const host = /^#host=./.test(location.hash) && location.hash.slice(6); // whoever opened a class comes back to it; no address keeps how
  if (host) { history.replaceState(history.state, "", location.pathname); if (byId("host")) byId("host").value = host; byId("host")?.form.requestSubmit(); }
  if (!byId("picker")) {
    byId("moves")?.addEventListener("submit", () => {
      const focus = (busy = true) && doc.activeElement === byId("next") && (byMouse ? "mouse" : "keyboard");
      addEventListener("pagehide", () => sessionStorage.setItem("first", JSON.stringify({ focus, more: waiting.splice(0) })), { once: true });
    });
    addEventListener("pageshow", () => { busy = false; }); // gone back to, it can be pressed again
  }
  // The server says what has changed on the page that is shown: attributes and texts by their element's place, the rest in parts.
  window.htmx?.registerExtension("changes", { htmx_process_changes: ({ content }) => {
    const [count, ...changes] = JSON.parse(content.textContent), all = doc.querySelectorAll("#lab, #lab :not(#motion *)");
    if (all.length !== count) return location.reload();
    for (const [spot, to] of changes) {
      const one = all[spot >> 1];
      if (typeof to === "string") (spot & 1 ? one.nextSibling : one.firstChild).data = to;
      else for (const [name, value] of Object.entries(to)) value === null ? one.removeAttribute(name) : one.setAttribute(name, value);
    }
  } });
  doc.addEventListener("htmx:config:request", ({ detail: { ctx } }) => { ctx.request.headers.Page = byId("lab")?.dataset.page || ""; });
  doc.addEventListener("htmx:error", () => { byId("banner").textContent = byId("banner").dataset.away; waiting = []; });
  // What the page asks for by itself (the player, a run, a look at somebody's lab) is hidden, and no press waits for it.
  const pressed = ({ detail: { ctx } }) => !ctx.request.headers["HX-Source"].startsWith("div#");
  doc.addEventListener("htmx:before:request", event => { busy ||= pressed(event); });
  doc.addEventListener("htmx:finally:request", event => { if (pressed(event)) { busy = false; setTimeout(goOn); } });
  doc.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.response.status < 500) byId("banner").textContent = "";
    const menu = ctx.request.method === "POST" && byId("lesson") && doc.querySelector("details.menu[open]"); // over its card
    if (menu) { if (menu.contains(doc.activeElement)) menu.querySelector("summary").focus(); menu.open = false; }
    const told = /\/(card|answer)\?/.test(ctx.request.action) && (byId("why") || byId("lesson")); // is to be seen from its beginning
    if (told) (told.closest("section") || told).scrollIntoView({ block: "nearest" });
    light(true); // as before: the pointer has not moved
    if (ctx.request.method === "POST") requestAnimationFrame(() => byId("narration")?.scrollTo(0, 0)); // looking around leaves what was scrolled
  });
})();
