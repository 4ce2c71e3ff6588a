/* Only what helps: every page works without this file. */

const REOPEN_AFTER = 8000; // ms; long enough for a slow answer, short enough after a download

/* A form is sent once, however often the button is pressed. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  setTimeout(() => reopen(form), REOPEN_AFTER);
});

function reopen(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

/* The browser's "back" shows the page as it was left: busy. */
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(reopen));

/* After a refused form the summary of errors is what to read first. */
document.querySelector(".summary")?.focus();

/* Menus of the header close with Escape and with a click elsewhere. */
const menus = () => document.querySelectorAll(".top details[open]");
document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (menu.matches(".person") && !menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/* A figure typed while no field has the focus goes into the number box: 37, Enter opens No. 37. */
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("jump");
  const idle = document.activeElement === document.body || document.activeElement?.id === "main";
  if (!box || !idle || event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
  box.focus();
});

/* A part of the page that is refreshed must not be replaced by the sign-in page or by nothing. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const there = xhr.responseURL && new URL(xhr.responseURL).pathname;
  if (requestConfig.verb === "get" && there && there !== new URL(requestConfig.path, location.href).pathname) {
    event.detail.shouldSwap = false;
    location.assign(xhr.responseURL);
  }
});

/* What somebody writes at length outlives a sign-in that ran out. Kept in this tab, for this person, until it arrived; a
form that lasts (data-lasting) is kept beyond the tab, and one that keeps itself sealed (data-sealed) not at all. */
const KEPT = "written:";
const who = () => document.querySelector(".person summary")?.textContent.trim() ?? "";
const placeOf = (form) => KEPT + new URL(form.action, location.href).pathname;
const shelves = [sessionStorage, localStorage];
const shelfOf = (form) => shelves[Number(form.matches("[data-lasting]"))];
const written = (shelf) => Object.keys(shelf).filter((key) => key.startsWith(KEPT));
const read = (shelf, key) => JSON.parse(shelf.getItem(key));
const keep = (shelf, key, entry) => shelf.setItem(key, JSON.stringify(entry));

document.addEventListener("input", (event) => {
  const { target } = event;
  if (target.tagName !== "TEXTAREA" || target.form?.method !== "post" || target.form.dataset.sealed) return;
  const key = placeOf(target.form), shelf = shelfOf(target.form);
  const text = { was: target.defaultValue, now: target.value };
  keep(shelf, key, { who: who(), texts: { ...read(shelf, key)?.texts, [target.name]: text } });
});

document.addEventListener("submit", (event) => {
  const { target } = event, key = placeOf(target), shelf = shelfOf(target);
  if (target.action.includes("/sign-out/")) signedOut();
  else if (read(shelf, key)) keep(shelf, key, { ...read(shelf, key), sent: true });
});

/* What is sealed on this phone stays; the key to it goes. */
function signedOut() {
  for (const shelf of shelves) written(shelf).forEach((kept) => shelf.removeItem(kept));
  globalThis.indexedDB?.deleteDatabase("notes-keys");
}
if (document.querySelector("main input[type=password]")) globalThis.indexedDB?.deleteDatabase("notes-keys");

/* The sign-in page or a refusal instead of an answer: it did not arrive. Any other page: it did, or is shown again. */
const refused = document.querySelector("#refusal, input[type=password]");
for (const shelf of shelves) {
  for (const key of written(shelf)) {
    if (refused) keep(shelf, key, { ...read(shelf, key), sent: false });
    else if (read(shelf, key).sent) shelf.removeItem(key);
  }
}
for (const form of refused ? [] : document.querySelectorAll("main form[method=post]")) {
  const entry = read(shelfOf(form), placeOf(form));
  if (entry?.who !== who()) continue;
  for (const area of form.querySelectorAll("textarea")) {
    const text = entry.texts[area.name];
    if (text?.was === area.defaultValue) area.value = text.now; // not over what somebody changed meanwhile
  }
}
