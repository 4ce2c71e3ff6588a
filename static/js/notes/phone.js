/* What this browser can do, and the worker that opens the page without a network. */

/** Whether notes can be kept sealed on this phone at all (not on http, not in old browsers). */
export function canKeep() {
  return Boolean(self.isSecureContext && self.crypto?.subtle && self.indexedDB && self.fetch && self.AbortController);
}

/** Register the worker: "offline" when the page will open without a network, "here" when only the open page works. */
export async function register(address) {
  try {
    const registered = await navigator.serviceWorker.register(address, { scope: "/" });
    navigator.storage?.persist?.().catch(() => {}); // a wish; the browser may still clear its data
    return (await isActive(registered)) ? "offline" : "here";
  } catch {
    return "here"; // refused, switched off, or not there
  }
}

/* Active at last, or given up: what it needs could not be fetched. */
function isActive(registered) {
  const worker = registered.installing ?? registered.waiting ?? registered.active;
  return new Promise((resolve) => {
    const look = () => {
      if (registered.active) resolve(true);
      else if (worker.state === "redundant") resolve(false);
    };
    worker.addEventListener("statechange", look);
    look();
  });
}
