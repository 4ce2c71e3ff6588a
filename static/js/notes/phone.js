/* What this browser can do, and the worker that opens the page without a network. */

/** Whether notes can be kept sealed on this phone at all (not on http, not in old browsers). */
export function canKeep() {
  return Boolean(self.isSecureContext && self.crypto?.subtle && self.indexedDB && self.fetch && self.AbortController);
}

/** Register the worker: "offline" when the page will open without a network, "here" when only the open page works. */
export async function register(address) {
  try {
    await navigator.serviceWorker.register(address, { scope: "/" });
    navigator.storage?.persist?.().catch(() => {}); // a wish; the browser may still clear its data
    await navigator.serviceWorker.ready;
    return "offline";
  } catch {
    return "here"; // refused, switched off, or not there
  }
}
