/* The queue: sends when the page opens, when the network comes back, every minute, and when asked to. */

import { alone } from "./alone.js";
import { keyOf } from "./seal.js";
import { deliver, standing } from "./sending.js";
import * as store from "./store.js";

const EVERY = 60000; // ms
/* After these nothing else would get through either. */
const STOPS = new Set(["offline", "slow", "out"]);

export class Queue extends EventTarget {
  constructor(addresses) {
    super();
    this.addresses = addresses;
    this.why = ""; // why the last attempt did not get through
    this.liaison = "";
    this.channel = "BroadcastChannel" in self ? new BroadcastChannel("notes") : null;
    this.channel?.addEventListener("message", () => this.#changed());
  }

  /** Try now and whenever there is reason to. */
  start() {
    const now = () => this.send();
    addEventListener("online", now);
    addEventListener("pageshow", (event) => event.persisted && now());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());
    setInterval(now, EVERY);
    return now();
  }

  /** Tell every open page that something changed. */
  tell() {
    this.channel?.postMessage("changed");
    this.#changed();
  }

  /** Who is signed in as the server says; the phone is theirs from then on. */
  async meet() {
    const who = await standing(this.addresses);
    if (!who.why) {
      who.key = await keyOf(who.key);
      this.liaison = who.liaison;
      const { person, key, mandates, liaison } = who;
      await store.own({ person, key, mandates, liaison });
    }
    return who;
  }

  async send() {
    const waits = (await store.items()).some((row) => row.state === "waiting");
    if (waits) await alone("notes-sending", () => this.#sendAll());
    this.tell();
  }

  async #sendAll() {
    const who = await this.meet();
    this.why = who.why;
    if (who.why) return;
    for (const row of await store.items()) {
      if (row.state !== "waiting" || row.person !== who.person) continue;
      if (await this.#mustWait(row)) continue;
      const why = await this.#one(row, who);
      this.why = why || this.why;
      if (STOPS.has(why)) return;
    }
  }

  /** A photo goes after its note. */
  async #mustWait(row) {
    return row.kind !== "note" && Boolean(await store.item(row.note));
  }

  async #one(row, who) {
    if (await store.hasArrived(row.id)) return this.#leaves(row);
    const outcome = await deliver(row, who, who.key, this.addresses).catch(() => ({ why: "ill" }));
    if (outcome.received) return this.#leaves(row);
    if (outcome.refused) await store.change(row.id, { state: "refused", sentence: outcome.refused });
    else await store.change(row.id, { sentence: outcome.sentence || "", why: outcome.why });
    this.tell();
    return outcome.why ?? "";
  }

  async #leaves(row) {
    await store.arrived(row.id);
    this.tell();
    return "";
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
