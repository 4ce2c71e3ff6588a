/* 复制到微信: one press copies the words. Without this file they stand in the box that the same press opens. */

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("summary")?.parentElement;
  if (!box?.matches("[data-copy]") || box.open) return; // the second press only closes it
  // after the browser has opened the box: what is not shown cannot be selected
  setTimeout(() => copy(box), 0);
});

async function copy(box) {
  const area = box.querySelector("textarea");
  area.focus();
  area.select();
  area.setSelectionRange(0, area.value.length);
  const done = (await byClipboard(area.value)) || bySelection();
  box.querySelector("[data-copied]").hidden = !done;
  box.querySelector("[data-selected]").hidden = done;
}

/* Offered by browsers on https and on this very machine only. */
async function byClipboard(text) {
  if (!navigator.clipboard) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function bySelection() {
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}
