/* The note being written: each change is sealed and kept under an id of its own, and one page alone has it open. */

import { hold } from "./alone.js";
import { newId, seal, sealWords, unseal, unsealWords } from "./seal.js";
import * as store from "./store.js";
import { isoDay } from "./words.js";

export class Draft {
  constructor(id, owner, letGo) {
    this.id = id;
    this.owner = owner;
    this.letGo = letGo;
    this.began = Date.now();
    this.saving = Promise.resolve();
  }

  /** A new one, or the one named if no other page has it open (null then). */
  static async open(owner, id = newId()) {
    const letGo = await hold(`notes-draft-${id}`);
    return letGo && new Draft(id, owner, letGo);
  }

  /** The newest half-written note of this person that no other page has open, or nothing. */
  static async leftBehind(owner) {
    const rows = (await store.items()).filter((row) => row.kind === "note" && row.state === "draft" && row.person === owner.person);
    for (const row of rows.reverse()) {
      const draft = await Draft.open(owner, row.id);
      if (draft && (await store.item(row.id))?.state === "draft") return draft;
      draft?.letGo(); // handed in meanwhile
    }
    return null;
  }

  /** {words, name, tell, mandate} as they were kept, and the files: [{id, kind, blob}]. */
  async read() {
    const row = await store.item(this.id);
    const answers = row ? await unsealWords(this.owner.key, row.box, this.id) : {};
    this.began = row?.at ?? this.began;
    const files = (await store.items()).filter((other) => other.note === this.id && other.kind !== "note");
    return { answers, files: await Promise.all(files.map((file) => this.#opened(file))) };
  }

  async #opened(file) {
    const bytes = await unseal(this.owner.key, file.box, file.id);
    return { id: file.id, kind: file.kind, blob: new Blob([bytes], { type: file.type }) };
  }

  /** Keep the answers; one write after the other, so that the last one stays. */
  save(answers) {
    this.saving = this.saving.catch(() => {}).then(async () => store.put(await this.#row(answers, "draft")));
    return this.saving;
  }

  async #row(answers, state) {
    const box = await sealWords(this.owner.key, answers, this.id);
    const now = new Date();
    return { ...this.#head(this.id, "note", state), on: isoDay(now), at: this.began, box };
  }

  #head(id, kind, state) {
    return { id, kind, note: this.id, person: this.owner.person, state, at: Date.now(), sentence: "", why: "" };
  }

  /** Keep a photo or recording, or the longer version of one. */
  async keepFile(id, kind, blob, name) {
    const box = await seal(this.owner.key, await blob.arrayBuffer(), id);
    await store.put({ ...this.#head(id, kind, "draft"), box, name, type: blob.type });
    return id;
  }

  /** The note and its files go into the queue at once, dated today. */
  async handIn(answers) {
    await this.saving.catch(() => {});
    this.began = Date.now();
    await store.handIn(await this.#row(answers, "waiting"), this.began);
    this.letGo();
  }

  /** Nothing of it is left. */
  async drop() {
    await this.saving.catch(() => {});
    const files = (await store.items()).filter((row) => row.note === this.id);
    await store.remove(...files.map((row) => row.id));
    this.letGo();
  }

  /** A refused note goes on under a new id with its files: the old id may have come with something else. */
  static async renew(row, owner) {
    const draft = await Draft.open(owner);
    const answers = await unsealWords(owner.key, row.box, row.id);
    const files = (await store.items()).filter((other) => other.note === row.id && other.kind !== "note");
    const copies = await Promise.all(files.map((file) => draft.#renewed(file)));
    const note = await draft.#row(answers, "draft");
    await store.swap([note, ...copies], [row.id, ...files.map((file) => file.id)]);
    return draft;
  }

  async #renewed(file) {
    const id = newId();
    const box = await seal(this.owner.key, await unseal(this.owner.key, file.box, file.id), id);
    return { ...file, id, note: this.id, box, state: "draft", sentence: "" };
  }
}
