// Words of a report are marked with the mouse or the keyboard, and fill the form that makes a claim of them.

const selection = () => getSelection();
const spaces = /^\s+|\s+$/g;

/** The part of a report (title or text) that a node is in, if its report can be marked. */
function partOf(node) {
  const holder = (node?.nodeType === 1 ? node : node?.parentElement)?.closest("[data-part]");
  return holder?.closest(".told")?.querySelector("details[data-mark]") ? holder : null;
}

/** What is selected in one part of a report: its words as the text has them, and where they begin, in code points. */
function selected() {
  const chosen = selection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const holder = partOf(range.startContainer);
  if (!holder) return null;
  const inside = range.cloneRange();
  if (!holder.contains(inside.endContainer)) inside.setEnd(holder, holder.childNodes.length);
  const before = document.createRange();
  before.setStart(holder, 0);
  before.setEnd(inside.startContainer, inside.startOffset);
  const words = inside.toString();
  const lead = words.match(/^\s*/)[0];
  const quote = words.replace(spaces, "");
  return quote && { holder, quote, at: [...before.toString(), ...lead].length };
}

function fill({ holder, quote, at }) {
  const panel = holder.closest(".told").querySelector("details[data-mark]");
  const form = panel.querySelector("form");
  panel.open = true;
  form.elements.quote.value = quote;
  form.elements.part.value = holder.dataset.part;
  form.elements.at.value = String(at);
  form.elements.which.value = "";
  say(form);
  form.elements.field.focus();
  panel.scrollIntoView({ block: "nearest" });
}

/** Whether the words that are typed stand in the report, told at once. */
function say(form) {
  const quote = form.elements.quote;
  const parts = [...form.closest(".told").querySelectorAll("[data-part]")];
  const words = quote.value.replace(spaces, "");
  const there = parts.some((part) => part.textContent.includes(words));
  const said = form.querySelector("[data-said]");
  said.textContent = !words ? "" : there ? quote.dataset.there : quote.dataset.absent;
  said.classList.toggle("wrong", Boolean(words) && !there);
}

document.addEventListener("input", (event) => {
  if (event.target.name !== "quote") return;
  const form = event.target.form;
  form.elements.part.value = form.elements.at.value = "";
  say(form);
});

/* The mouse: a button beside what was selected. Evidence stands in links, in which no selection can begin: a link is none
   while the mouse is down, and is followed on release where nothing was selected. */

let lifted = null;
document.addEventListener("pointerdown", (event) => {
  const link = event.button === 0 && event.pointerType === "mouse" && event.target.closest?.("[data-part] a[href]");
  if (!link) return;
  lifted = { link, href: link.getAttribute("href") };
  link.removeAttribute("href");
});
document.addEventListener("pointerup", (event) => {
  if (!lifted) return;
  const { link, href } = lifted;
  lifted = null;
  link.setAttribute("href", href);
  if (selection().isCollapsed) return;
  const stop = (click) => click.preventDefault();
  addEventListener("click", stop, { capture: true });
  setTimeout(() => removeEventListener("click", stop, { capture: true }));
});

let button = null;
function offer() {
  button?.remove();
  button = null;
  const found = selected();
  const label = document.querySelector("[data-mark] summary")?.textContent;
  if (!found || !label || walking) return;
  const box = selection().getRangeAt(0).getBoundingClientRect();
  button = document.createElement("button");
  button.className = "marker";
  button.type = "button";
  button.textContent = label;
  button.style.left = `${Math.max(4, Math.min(box.left, innerWidth - 160))}px`;
  button.style.top = `${Math.min(innerHeight - 40, box.bottom + 6)}px`;
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => { fill(found); button?.remove(); button = null; });
  document.body.append(button);
}
document.addEventListener("pointerup", (event) => { if (event.target !== button) setTimeout(offer); });
document.addEventListener("scroll", () => { button?.remove(); button = null; }, { capture: true, passive: true });

/* The keyboard: v begins, arrows walk and extend by words, Enter takes, Escape leaves */

let walking = null;
const moves = {
  ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"],
};

function begin() {
  const found = selected();
  if (found) { fill(found); return; }
  const holder = partOf(document.activeElement) ?? document.querySelector(".told [data-part=text]");
  if (!holder || !partOf(holder)) return;
  const start = partOf(document.activeElement) ? document.activeElement : holder;
  const range = document.createRange();
  range.setStart(start, 0);
  range.collapse(true);
  selection().removeAllRanges();
  selection().addRange(range);
  selection().modify("extend", "forward", "word");
  walking = holder;
  holder.scrollIntoView({ block: "nearest" });
}

function walk(event) {
  if (event.key === "Enter") {
    const found = selected();
    walking = null;
    if (found) fill(found);
  } else if (event.key === "Escape") {
    walking = null;
    selection().removeAllRanges();
  } else if (moves[event.key]) {
    const [way, unit] = moves[event.key];
    if (event.shiftKey) {
      selection().modify("extend", way, unit);
    } else {
      if (way === "forward") selection().collapseToEnd(); else selection().collapseToStart();
      if (way === "backward" || unit === "line") selection().modify("move", way, unit);
      selection().modify("extend", "forward", "word");
    }
    if (!walking.contains(selection().focusNode)) walking = partOf(selection().focusNode);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("keydown", (event) => {
  if (walking) { walk(event); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea, dialog")) return;
  if (event.key === "v" && document.querySelector("[data-mark]")) { event.preventDefault(); begin(); }
}, { capture: true });
