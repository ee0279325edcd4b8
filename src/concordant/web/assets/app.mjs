// What scripts add to pages that work without them: values and words light up together, the keyboard decides,
// a stretch of time is chosen by dragging, files are dropped, panels open where a key asks for them.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/* Values and the words that carry them */

function claimsOf(node) {
  const holder = node.closest?.("[data-claims], [data-claim]");
  return (holder?.dataset.claims ?? holder?.dataset.claim ?? "").split(" ").filter(Boolean);
}

function light(claims) {
  const wanted = new Set(claims);
  for (const node of all("[data-claims]")) {
    node.classList.toggle("lit", node.dataset.claims.split(" ").some((claim) => wanted.has(claim)));
  }
}

function bring(node) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node?.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
}

document.addEventListener("pointerover", (event) => {
  const claims = claimsOf(event.target);
  if (claims.length) light(claims);
});
document.addEventListener("focusin", (event) => {
  const claims = claimsOf(event.target);
  if (claims.length) light(claims);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-claim]");
  if (!link) return;
  const mark = all("mark[data-claims]").find((m) => m.dataset.claims.split(" ").includes(link.dataset.claim));
  if (!mark) return;
  event.preventDefault();
  light([link.dataset.claim]);
  bring(mark);
  mark.querySelector("a")?.focus({ preventScroll: true });
});

/* Keyboard */

let at = -1;
function step(by) {
  const marks = all(".told mark a");
  if (!marks.length) return;
  at = (at + by + marks.length) % marks.length;
  marks[at].focus({ preventScroll: true });
  bring(marks[at]);
}

function unfold(id) {
  const panel = document.getElementById(id);
  if (!panel) return;
  panel.open = true;
  panel.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  bring(panel);
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  a: () => document.querySelector('form[data-key="a"]')?.requestSubmit(),
  n: () => document.querySelector('a[data-key="n"]')?.click(),
  x: () => unfold("panel-notevent"),
  m: () => unfold("panel-merge"),
  c: () => unfold(document.querySelector("details.edit[id^='edit-casualties.killed']")?.id ?? "edit-casualties"),
  "/": () => {
    const filters = document.querySelector("details.filters");
    if (filters) filters.open = true;
    document.querySelector("input[type=search]")?.focus();
  },
  "?": () => help(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { event.target.closest?.("details[open]")?.removeAttribute("open"); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea, dialog")) return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});

async function help() {
  let dialog = document.querySelector("dialog.keys");
  if (!dialog) {
    const answer = await fetch(`/keys${location.search}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.append(...page.querySelector("#content").childNodes);
    document.body.append(dialog);
    dialog.addEventListener("click", () => dialog.close());
  }
  dialog.showModal();
}

/* Choosing a stretch of time */

for (const figure of all(".time[data-since-until] > svg")) {
  let from = null;
  let brush = null;
  const where = (event) => {
    const box = figure.getBoundingClientRect();
    return Math.min(1000, Math.max(0, ((event.clientX - box.left) / box.width) * 1000));
  };
  const bars = all("rect.hit", figure);
  figure.addEventListener("pointerdown", (event) => { if (event.button === 0) from = where(event); });
  figure.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("pointermove", (event) => {
    if (from === null) return;
    const to = where(event);
    if (!brush && Math.abs(to - from) < 6) return;
    if (!brush) {
      brush = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      brush.setAttribute("class", "brush"); brush.setAttribute("y", "0"); brush.setAttribute("height", "96");
      figure.append(brush);
    }
    brush.setAttribute("x", Math.min(from, to));
    brush.setAttribute("width", Math.abs(to - from));
  });
  addEventListener("pointerup", (event) => {
    if (from !== null && brush) {
      const [left, right] = [Math.min(from, where(event)), Math.max(from, where(event))];
      const inside = bars.filter((bar) => bar.x.baseVal.value + bar.width.baseVal.value > left && bar.x.baseVal.value < right);
      if (inside.length) {
        const address = new URL(inside[0].closest("a").href.baseVal, location.href);
        address.searchParams.set("since", inside[0].dataset.since);
        address.searchParams.set("until", inside.at(-1).dataset.until);
        location.assign(address);
      }
      brush.remove();
      figure.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
    }
    from = brush = null;
  });
}

/* Dropping files */

for (const form of all("form[data-drop]")) {
  const zone = form.querySelector(".drop");
  const input = form.querySelector("input[type=file]");
  for (const name of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", name === "dragover");
      if (name === "drop") input.files = event.dataTransfer.files;
    });
  }
}

/* A form is sent once */

document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "1";
});
