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
