/* The deputy's first page: what still waits on this phone is said here, and sent. */

import { canKeep, register } from "./phone.js";
import { show } from "./panel.js";
import { Queue } from "./queue.js";
import * as store from "./store.js";

const panel = document.querySelector("[data-queue]");

async function start() {
  const addresses = panel.dataset;
  const queue = new Queue(addresses);
  const shown = () => show(panel, queue, owner).catch(() => {});
  queue.addEventListener("change", shown);
  panel.querySelector("[data-send-now]").addEventListener("click", () => queue.send());
  register(addresses.worker);
  await shown();
  await settle(queue);
  await queue.start();
}

/* The page says who is signed in; the phone is theirs, so that a note can be kept even if the next page opens offline. */
async function settle(queue) {
  const known = await store.owner().catch(() => null);
  if (known?.person !== panel.dataset.person) await queue.meet();
}

async function owner() {
  const known = await store.owner();
  return known?.person === panel.dataset.person ? known : { person: panel.dataset.person };
}

if (panel && canKeep()) start();
