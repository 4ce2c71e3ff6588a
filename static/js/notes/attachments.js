/* Photos and a recording beside the words: taken, made small, kept with the draft, shown, taken away again. */

import { newId } from "./seal.js";
import { canRecord, record } from "./recorder.js";
import { shrink } from "./shrink.js";
import * as store from "./store.js";
import { say } from "./words.js";

/* As many as the portal takes of one note. */
const MOST = 12;

export class Attachments {
  /* `draft()` gives the note being written, `changed()` keeps it, `alert(sentence)` tells what went wrong. */
  constructor(root, draft, changed, alert) {
    this.draft = draft;
    this.changed = changed;
    this.alert = alert;
    this.kept = new Map();
    this.running = null;
    this.working = Promise.resolve();
    this.list = root.querySelector("[data-files]");
    this.tools = root.querySelector("[data-tools]");
    this.recording = root.querySelector("[data-record]");
    root.querySelector("[data-plain]").remove(); // the plain inputs of the page without scripts
    this.camera = this.tools.querySelector("input[type=file]");
    this.camera.addEventListener("change", () => this.photos());
    this.recording.hidden = !canRecord();
    this.recording.addEventListener("click", () => this.pressed());
  }

  async ready() {
    this.tools.hidden = false;
  }

  get count() {
    return this.kept.size;
  }

  /** Everything that was begun is done: photos made small, the recording stopped. */
  async finish() {
    if (this.running) await this.stop();
    await this.working;
  }

  photos() {
    const chosen = [...this.camera.files];
    this.camera.value = "";
    this.working = this.working.then(async () => {
      for (const file of chosen) await this.photo(file);
    });
    return this.working;
  }

  async photo(file) {
    if (this.count >= MOST) return this.alert(say("too_many"));
    let blob;
    try {
      blob = await shrink(file);
    } catch {
      return this.alert(say("no_picture", { name: file.name }));
    }
    await this.keep(newId(), "photo", blob, `photo-${this.count + 1}.jpg`);
  }

  pressed() {
    if (this.running) return this.stop();
    if (this.count >= MOST) return this.alert(say("too_many"));
    return this.begin();
  }

  async begin() {
    const id = newId();
    this.recording.disabled = true;
    try {
      this.running = await record((blob, seconds) => this.grown(id, blob, seconds));
    } catch {
      return this.alert(say("no_microphone"));
    } finally {
      this.recording.disabled = false;
    }
    this.label("recording_now", { seconds: 0 });
    this.recording.classList.add("is-on");
    this.running.finished.then(() => this.ended());
  }

  /* Kept each second, so that a page that goes away loses one second at most. */
  async grown(id, blob, seconds) {
    if (this.running) this.label("recording_now", { seconds });
    if (blob.size) await this.keep(id, "recording", blob, `recording${this.running?.ending ?? this.ending}`);
  }

  async stop() {
    const running = this.running;
    this.ending = running.ending;
    running.stop();
    await running.finished;
  }

  ended() {
    this.ending = this.running?.ending ?? this.ending;
    this.running = null;
    this.label("record");
    this.recording.classList.remove("is-on");
  }

  label(name, values) {
    this.recording.querySelector("[data-label]").textContent = say(name, values);
  }

  async keep(id, kind, blob, name) {
    try {
      await this.draft()?.keepFile(id, kind, blob, name);
    } catch (error) {
      return this.alert(say(error?.name === "QuotaExceededError" ? "full" : "not_kept"));
    }
    this.show(id, kind, blob);
    this.changed();
  }

  fill(files) {
    this.clear();
    for (const file of files) this.show(file.id, file.kind, file.blob);
  }

  clear() {
    for (const entry of this.kept.values()) this.forget(entry);
    this.kept.clear();
  }

  show(id, kind, blob) {
    const before = this.kept.get(id);
    const entry = document.createElement("li");
    entry.address = URL.createObjectURL(blob);
    entry.append(kind === "photo" ? picture(entry.address) : sound(entry.address), this.away(id, kind));
    if (before) {
      before.replaceWith(entry);
      URL.revokeObjectURL(before.address);
    } else this.list.append(entry);
    this.kept.set(id, entry);
  }

  away(id, kind) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary";
    button.textContent = say(kind === "photo" ? "photo_away" : "recording_away");
    button.addEventListener("click", async () => {
      await store.remove(id);
      this.forget(this.kept.get(id));
      this.kept.delete(id);
      this.changed();
    });
    return button;
  }

  forget(entry) {
    entry.remove();
    URL.revokeObjectURL(entry.address);
  }
}

function picture(address) {
  const image = new Image();
  image.src = address;
  image.alt = say("photo");
  return image;
}

function sound(address) {
  const audio = document.createElement("audio");
  audio.controls = true;
  audio.src = address;
  return audio;
}
