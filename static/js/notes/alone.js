/* One page at a time: by Web Locks where there are, else by a lease that lapses when its holder is gone. */

import { newId } from "./seal.js";
import { lease, release } from "./store.js";

const LEASE = 15000; // ms
const me = newId();

/** Hold `name` while the page is open. Resolves to a function that lets go, or to null while another page holds it. */
export async function hold(name) {
  return navigator.locks ? byLock(name) : byLease(name);
}

function byLock(name) {
  return new Promise((resolve) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise((letGo) => resolve(letGo));
      })
      .catch(() => resolve(null));
  });
}

async function byLease(name) {
  if (!(await lease(name, me, LEASE))) return null;
  const renewal = setInterval(() => lease(name, me, LEASE).catch(() => {}), LEASE / 3);
  return () => {
    clearInterval(renewal);
    return release(name, me).catch(() => {});
  };
}

/** Do the work unless another page is at it; false then. */
export async function alone(name, work) {
  const letGo = await hold(name);
  if (!letGo) return false;
  try {
    await work();
  } finally {
    letGo();
  }
  return true;
}
