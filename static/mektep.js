/* mektep.js: what makes pages quicker where there is a script; each works without it. Handlers hang on the document, so that parts
 * that come later need no setting up. */
"use strict";
document.documentElement.classList.add("js");

const on = (type, selector, handler, options) =>
  document.addEventListener(type, (event) => {
    const element = event.target instanceof Element ? event.target.closest(selector) : null;
    if (element) handler(element, event);
  }, options);

/* ---- keys and small buttons ---- */

const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
    const search = document.getElementById("search");
    if (search && search.offsetParent) {
      event.preventDefault();
      search.focus();
    }
  }
  if (event.key === "Escape") closeMenus(null, true);
});

function closeMenus(except, focus) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (except && menu.contains(except)) continue;
    if (focus && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}
document.addEventListener("click", (event) => closeMenus(event.target, false));

on("click", "[data-print]", () => window.print());
on("click", "[data-mend]", (button) => {
  const input = document.getElementById(button.dataset.mend);
  input.value = button.value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
});
on("change", "[data-autosubmit] select, [data-autosubmit] input[type=radio]", (input) => input.form.requestSubmit());

/* ---- leaving unsaved fields asks once ---- */

let unsaved = false;
on("input", "form[data-form]", () => { unsaved = true; });
on("change", "form[data-form]", () => { unsaved = true; });
on("submit", "form[data-form]", () => { unsaved = false; });
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
  unsaved = false;
});

/* ---- a date in three parts: a whole one in the day's place fills all three ---- */

function wholeDate(text) {
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text), dotted = /^\s*(\d{1,2})[./](\d{1,2})[./](\d{4})\s*$/.exec(text);
  return iso ? iso.slice(1).map(Number) : dotted ? dotted.slice(1).map(Number).reverse() : null;
}

on("input", "[data-date-parts] input", (input) => {
  const date = wholeDate(input.value), selects = input.closest("[data-date-parts]").querySelectorAll("select");
  if (!date) return;
  const values = [String(date[1]), String(date[0])];
  if (![...selects].every((select, i) => [...select.options].some((option) => option.value === values[i]))) return; // the server reads it
  selects.forEach((select, i) => { select.value = values[i]; });
  input.value = String(date[2]);
});

/* ---- fields that depend on one another: the form's fields come anew from the server ---- */

let refreshes = 0;

const isTicked = (input) => input.type === "checkbox" || input.type === "radio";
const wasSent = (sent, input) => isTicked(input) ? sent.getAll(input.name).includes(input.value) === input.checked : sent.get(input.name) === input.value;
const hasOption = (input, value) => input.tagName !== "SELECT" || [...input.options].some((option) => option.value === value);

// What was typed, chosen or uploaded while the answer was on its way stays.
function keepChanges(sent, now, next) {
  for (const drop of now.querySelectorAll("[data-drop]")) {
    const same = next.querySelector(`[data-drop="${CSS.escape(drop.dataset.drop)}"]`);
    if (same && (drop.querySelector("progress") || [...drop.querySelectorAll("input[name]:not([type=file])")].some((input) => !wasSent(sent, input)))) same.replaceWith(drop);
  }
  for (const input of now.querySelectorAll("input[name]:not([type=file]), select[name], textarea[name]")) {
    const value = isTicked(input) ? `[value="${CSS.escape(input.value)}"]` : "";
    const same = wasSent(sent, input) ? null : next.querySelector(`[name="${CSS.escape(input.name)}"]${value}`);
    if (same && isTicked(same)) same.checked = input.checked;
    else if (same && hasOption(same, input.value)) same.value = input.value;
  }
}

async function refreshFields(form) {
  const body = new FormData(form), number = ++refreshes;
  const files = [...body].filter(([, value]) => value instanceof File);
  for (const [name] of files) body.delete(name);
  body.set("action", "refresh");
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || !page.getElementById("fields")) throw new Error(`refreshed with ${answer.status}`);
  if (number !== refreshes) return;
  const focused = document.activeElement && document.activeElement.id;
  for (const id of ["fields", "rows", "will", "diagram"]) {
    const now = document.getElementById(id), next = page.getElementById(id);
    if (!now || !next) continue;
    keepChanges(body, now, next);
    now.replaceWith(next);
    if (window.htmx) window.htmx.process(next);
  }
  if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
}

on("change", "form[data-form] [data-refresh]", (input) => {
  const form = input.form;
  form.setAttribute("aria-busy", "true");
  refreshFields(form)
    .catch(() => {
      const action = document.createElement("input");
      action.type = "hidden";
      action.name = "action";
      action.value = "refresh";
      form.append(action);
      unsaved = false;
      form.submit();
    })
    .finally(() => form.removeAttribute("aria-busy"));
});

/* ---- scans: dropped, chosen or photographed, sent at once, with progress ---- */

function say(drop, words) {
  const line = document.createElement("li");
  line.className = "file field-error";
  line.setAttribute("role", "alert");
  line.textContent = words;
  drop.querySelector(".files").append(line);
}

function showFile(drop, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const files = drop.querySelector(".files");
  if (!("several" in drop.dataset)) files.replaceChildren();
  for (const tick of holder.content.querySelectorAll("input[type=checkbox]")) tick.name = drop.dataset.drop;
  files.append(holder.content);
  drop.classList.add("drop-filled");
  if (window.htmx) window.htmx.process(files);
}

function sendFile(drop, file) {
  const form = drop.closest("form"), body = new FormData(), request = new XMLHttpRequest();
  const sending = document.createElement("p"), bar = document.createElement("progress");
  for (const line of drop.querySelectorAll(".files > .field-error")) line.remove();
  sending.className = "drop-sending";
  sending.textContent = `${drop.dataset.sending} ${file.name}`;
  bar.max = file.size || 1;
  sending.append(bar);
  drop.append(sending);
  body.set("csrf", form.elements.csrf.value);
  body.set("file", file);
  request.upload.addEventListener("progress", (event) => { bar.value = event.loaded; });
  request.addEventListener("loadend", () => {
    sending.remove();
    const isFragment = request.responseText.includes("class=\"file\"");
    if (request.status === 200 && isFragment) showFile(drop, request.responseText);
    else say(drop, request.status === 422 && request.responseText.length < 500 ? request.responseText.trim() : `${file.name}: ${drop.dataset.failed}`);
  });
  request.open("POST", drop.dataset.upload);
  request.send(body);
  unsaved = true;
}

function sendFiles(drop, files) {
  for (const file of "several" in drop.dataset ? files : [...files].slice(0, 1)) sendFile(drop, file);
}

on("change", "[data-drop] input[type=file]", (input) => {
  const drop = input.closest("[data-drop]");
  if (!drop.dataset.upload) return;
  sendFiles(drop, [...input.files]);
  input.value = "";
});
on("change", "[data-drop] .file input[type=checkbox]", (tick) => tick.closest(".file").classList.toggle("file-off", !tick.checked));
for (const type of ["dragenter", "dragover"])
  on(type, "[data-drop]", (drop, event) => {
    if (!drop.dataset.upload || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.add("drop-over");
  });
on("dragleave", "[data-drop]", (drop, event) => { if (!drop.contains(event.relatedTarget)) drop.classList.remove("drop-over"); });
on("drop", "[data-drop]", (drop, event) => {
  if (!drop.dataset.upload) return;
  event.preventDefault();
  drop.classList.remove("drop-over");
  sendFiles(drop, [...event.dataTransfer.files]);
});

/* ---- ticked lines of a list ---- */

function countTicks(form) {
  const all = form.querySelector("[data-tick-all]");
  const ticks = [...form.querySelectorAll("input[name=ids]")];
  form.querySelector("output[data-ticked]").value = all && all.checked ? all.dataset.tickAll : ticks.filter((tick) => tick.checked).length;
}
on("change", "form[data-ticks] input[type=checkbox]", (tick) => {
  if (tick.matches("[data-tick-page], [data-tick-all]"))
    for (const line of tick.form.querySelectorAll("input[name=ids]")) line.checked = tick.checked;
  else if (!tick.checked)
    for (const whole of tick.form.querySelectorAll("[data-tick-page], [data-tick-all]")) whole.checked = false;
  countTicks(tick.form);
});

/* ---- at the start ---- */

for (const form of document.querySelectorAll("form[data-ticks]")) if (form.querySelector("output[data-ticked]")) countTicks(form);
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();
