// Keys for the lab, picking marks by mouse and arrows, lighting up what belongs together, words explained where they stand.
(() => {
  const doc = document, byId = id => doc.getElementById(id), lenses = ["activation", "error", "blame", "gradient", "weights"];
  const keys = { " ": "next", ArrowRight: "next", ArrowLeft: "back", Enter: "finish", p: "play" };
  const tab = letter => [...doc.querySelectorAll("[data-key]")].find(one => one.dataset.key === letter);
  const mark = target => target.closest?.("[data-ref], #stage [id^='n-'], #stage [id^='w-'], #stage [id^='y-'], #cost");
  let byMouse = false, busy = false, waiting = [];
  doc.documentElement.classList.add("has-script");
  // Play pressed before htmx was ready comes as a whole page: it plays, but its address must not, or a reload would play on.
  if (/\bplay=1/.test(location.search)) history.replaceState(history.state, "", location.href.replace(/&?\bplay=1/, ""));
  // The first press makes a lab, which is another page: who held the big button still holds it there.
  if (sessionStorage.getItem("held")) byId("next")?.focus({ preventScroll: true });
  sessionStorage.removeItem("held");
  const pick = (id, form = byId("picker")) => { if (form) { form.elements.pick.value = id; form.requestSubmit(); } return form; };
  const walk = (mark, key) => {
    const columns = [...doc.querySelectorAll("#stage > g:has(> a[id])")].map(group => [...group.children]);
    const [right, down] = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key];
    const at = columns.findIndex(column => column.includes(mark)), column = columns[at + right] || columns[at];
    const next = column[Math.min(Math.max(columns[at].indexOf(mark) + down, 0), column.length - 1)];
    next.focus(); pick(next.id);
  };
  const follow = (now = doc.querySelector("#stage .now:not(path)"), box = now?.getBoundingClientRect(), view = now?.closest(".scroller")) => {
    const off = now && box.x + box.width / 2 - view.getBoundingClientRect().x - view.clientWidth / 2;
    if (now && Math.abs(off) + box.width / 2 > view.clientWidth / 2) view.scrollLeft += off;
  };
  const explain = one => {
    const tip = byId("tip"), box = one.getBoundingClientRect(), more = doc.createElement("a");
    tip.showPopover();
    more.href = one.getAttribute("href");
    more.textContent = "All words";
    tip.replaceChildren(one.dataset.tip + " ", more);
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${box.top > tip.offsetHeight + 16 ? box.top - tip.offsetHeight - 8 : box.bottom + 8}px`;
  };
  // A key is never lost: what is pressed while an answer is under way waits for it. One that is held down does not pile up.
  const press = (id, repeated) => {
    if (!busy) byId(id)?.click();
    else if (!repeated) waiting.push(id);
  };
  const letters = () => localStorage.getItem("letters") !== "off";
  doc.addEventListener("pointerdown", ({ target }) => {
    byMouse = true;
    for (const menu of doc.querySelectorAll("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  });
  doc.addEventListener("keydown", event => {
    const { key, target } = event, held = target.closest?.("#stage a[id]"), open = doc.querySelector("details.menu[open]");
    if (key === "Tab") byMouse = false;
    if (key === "Escape" && open && !doc.querySelector(":popover-open")) { open.open = false; open.querySelector("summary").focus(); }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || target.closest?.("input, select, textarea")) return;
    if (held && !byMouse && key.startsWith("Arrow")) { event.preventDefault(); walk(held, key); return; }
    // A control reached by keyboard keeps its own space and enter; one left behind by a mouse click does not.
    if (!byMouse && target.closest?.(key === " " ? "button, summary" : key === "Enter" ? "button, summary, a" : "nothing")) return;
    if (key.length === 1 && key !== " " && !letters()) return;
    const letter = key.length === 1 ? key.toLowerCase() : key;
    const action = letter === "v" ? (byId("voice-maths")?.ariaCurrent ? "voice-story" : "voice-maths")
      : keys[letter] || tab(letter)?.id || (lenses[key - 1] && "lens-" + lenses[key - 1]);
    if (action && byId(action)) {
      event.preventDefault();
      if (byMouse) doc.activeElement.blur();
      press(action, event.repeat);
    }
    if (key === "?") byId("help")?.togglePopover();
  });
  doc.addEventListener("click", event => {
    const word = event.target.closest?.("[data-tip]");
    if (word) { event.preventDefault(); explain(word); return; }
    if (event.target.closest?.("#next") && !byId("picker") && doc.activeElement === byId("next")) sessionStorage.setItem("held", "1");
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
  if (byId("letters")) {
    byId("letters").checked = letters();
    byId("letters").addEventListener("change", ({ target }) => localStorage.setItem("letters", target.checked ? "on" : "off"));
  }
  const away = "The server does not answer. Your place is safe: try again in a moment.";
  doc.addEventListener("htmx:error", () => { byId("banner").textContent = away; waiting = []; });
  doc.addEventListener("htmx:before:request", () => { busy = true; });
  doc.addEventListener("htmx:finally:request", () => {
    busy = false;
    if (waiting.length) setTimeout(() => press(waiting.shift()));
  });
  doc.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.response.status < 500) byId("banner").textContent = "";
    if (ctx.request.method === "POST") { byId("narration").scrollTop = 0; follow(); } // looking around leaves what was scrolled
  });
  follow();
})();
