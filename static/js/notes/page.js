/* The three questions on a phone: kept while they are written, handed in to the queue, acknowledged.

Without what is needed for that (http, old browsers) the page stays a plain form, and says so. */

import { Attachments } from "./attachments.js";
import { Draft } from "./draft.js";
import { show } from "./panel.js";
import { canKeep, register } from "./phone.js";
import { Queue } from "./queue.js";
import * as store from "./store.js";
import { say } from "./words.js";

const root = document.querySelector("[data-note]");
const form = root.querySelector("form");
const panel = root.querySelector("[data-queue]");
const field = (name) => form.elements.namedItem(name);

class NotePage {
  constructor() {
    this.queue = new Queue(panel.dataset);
    this.files = new Attachments(root, () => this.draft, () => this.keep(), (sentence) => this.alert(sentence));
    this.draft = null;
    this.known = null;
    // open(): which draft is in the form and need not be listed
    this.reopen = Object.assign((row) => this.goOn(row), { open: () => this.draft?.id });
  }

  async start() {
    form.dataset.sealed = "yes"; // nothing in plain words beside what is sealed
    form.addEventListener("submit", (event) => this.submitted(event));
    form.addEventListener("input", (event) => event.target.type !== "file" && this.keep());
    panel.querySelector("[data-send-now]").addEventListener("click", () => this.queue.send());
    root.querySelector("[data-again]").addEventListener("click", () => this.another());
    this.queue.addEventListener("change", () => this.shown());
    register(panel.dataset.worker).then((reach) => this.mode(reach));
    this.ready = this.settle();
    await this.ready;
    addEventListener("online", () => this.known || this.settle());
    await this.queue.start();
    await this.refresh();
  }

  /* What the store knows of the person may be old: under which mandates they act, who helps them. */
  async refresh() {
    const met = await this.queue.meet();
    if (!met.why && met.person === this.known?.person) this.known = await store.owner();
  }

  mode(name) {
    root.querySelector("[data-mode]").textContent = say(`mode_${name}`);
  }

  alert(sentence) {
    const box = root.querySelector("[data-alert]");
    box.textContent = sentence;
    box.hidden = !sentence;
    if (sentence) box.focus();
  }

  /** Whose phone it is, and the note that was left half-written. */
  async settle() {
    this.known = await this.whose();
    if (!this.known) return this.alert(say("nobody"));
    this.offerMandates();
    const left = this.isEmpty() ? await Draft.leftBehind(this.known) : null;
    this.draft = left ?? (await Draft.open(this.known));
    if (left) await this.fill();
    else if (!this.isEmpty()) this.keep();
    await this.files.ready();
    await this.shown();
  }

  /* A page from the portal says who is signed in; one from the phone's own store belongs to whoever was here last. */
  async whose() {
    const here = panel.dataset.person;
    const known = await store.owner().catch(() => null);
    if (known && (!here || known.person === here)) return known;
    const met = await this.queue.meet();
    return met.why ? null : await store.owner();
  }

  offerMandates() {
    const place = root.querySelector("[data-mandates]");
    if (!place || (this.known.mandates ?? []).length < 2) return;
    const select = place.querySelector("select");
    select.name = "mandate";
    select.replaceChildren(...this.known.mandates.map((row) => new Option(row.label, row.id)));
    place.hidden = false;
  }

  async fill() {
    const { answers, files } = await this.draft.read();
    field("words").value = answers.words ?? "";
    field("who").value = answers.name ?? "";
    if (answers.tell !== undefined && answers.tell !== null) field("tell_wish").value = answers.tell ? "yes" : "no";
    if (answers.mandate && field("mandate")) field("mandate").value = answers.mandate;
    this.files.fill(files);
  }

  answers() {
    const wish = field("tell_wish").value;
    return {
      words: field("words").value,
      name: field("who").value,
      tell: wish ? wish === "yes" : null,
      mandate: Number(field("mandate")?.value ?? this.known?.mandates?.[0]?.id ?? 0) || undefined,
      follows: this.files.count > 0,
    };
  }

  isEmpty() {
    return !field("words").value.trim() && !field("who").value.trim();
  }

  keep() {
    this.draft?.save(this.answers()).catch((error) => this.alert(say(error?.name === "QuotaExceededError" ? "full" : "not_kept")));
  }

  async submitted(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    try {
      await this.ready;
      await this.files.finish();
      await this.handIn();
    } catch (error) {
      this.alert(say(error?.name === "QuotaExceededError" ? "full" : "not_kept"));
    } finally {
      this.busy = false;
    }
  }

  async handIn() {
    if (!this.draft) await this.settle();
    if (!this.draft) return;
    const answers = this.answers();
    const missing = !answers.words.trim() && !answers.follows ? "words_missing" : answers.tell === null ? "wish_missing" : "";
    if (missing) return this.alert(say(missing));
    this.alert("");
    await this.draft.handIn(answers);
    this.sent = this.draft.id;
    this.draft = null;
    this.sending = true;
    await this.acknowledge();
    await this.queue.send().finally(() => (this.sending = false));
    await this.acknowledge();
  }

  /** What became of the note that was just handed in. */
  async acknowledge() {
    if (!this.sent) return;
    const there = await store.hasArrived(this.sent);
    const row = there ? null : await store.item(this.sent);
    const panelOf = root.querySelector("[data-done]");
    const open = row?.state === "refused" ? "refused_now" : this.sending ? "sending" : "kept";
    const sentence = there ? "received" : open;
    panelOf.querySelector("[data-sentence]").textContent = say(sentence, { who: this.queue.liaison || this.known?.liaison });
    panelOf.dataset.state = sentence;
    if (panelOf.hidden) {
      form.hidden = true;
      panelOf.hidden = false;
      panelOf.focus();
    }
  }

  async another() {
    form.reset();
    this.files.clear();
    this.sent = null;
    root.querySelector("[data-done]").hidden = true;
    form.hidden = false;
    this.draft = await Draft.open(this.known);
    field("words").focus();
  }

  /** A half-written or refused note comes back into the form; what stands there stays half-written. */
  async goOn(row) {
    const next = row.state === "refused" ? await Draft.renew(row, this.known) : await Draft.open(this.known, row.id);
    if (!next) return this.alert(say("open_elsewhere"));
    await this.draft?.saving.catch(() => {});
    this.draft?.letGo();
    await this.another();
    this.draft.letGo();
    this.draft = next;
    await this.fill();
    await this.shown();
  }

  async shown() {
    await show(panel, this.queue, async () => this.known, this.reopen).catch(() => {});
    await this.acknowledge().catch(() => {});
  }
}

if (canKeep()) new NotePage().start();
else root.querySelector("[data-mode]").textContent = say("mode_plain");
