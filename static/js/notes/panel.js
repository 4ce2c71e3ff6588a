/* The queue as it is seen: how much waits and since when, why it does not get through, what was refused and why. */

import { unsealWords } from "./seal.js";
import * as store from "./store.js";
import { cleared, keepCount, say, summary, when } from "./words.js";

/** Keep the panel true. `owner()` gives {person, key} or nothing; `reopen(row)` puts a refused note back into the form. */
export async function show(panel, queue, owner, reopen) {
  panel.dataset.lost ||= cleared(await store.wasUsed()) || "";
  const rows = await store.items();
  keepCount(rows);
  const who = await owner();
  const told = [summary(rows, who?.person)];
  if (told[0] && queue.why) told.push(say(`why_${queue.why}`));
  if (panel.dataset.lost && !rows.length) told.push(say("cleared", { count: panel.dataset.lost }));
  const text = told.filter(Boolean).join(" ");
  panel.hidden = !text;
  panel.querySelector("[data-told]").textContent = text;
  panel.querySelector("[data-send-now]").hidden = !rows.some((row) => row.state === "waiting" && row.person === who?.person);
  const list = panel.querySelector("ul");
  if (list) list.replaceChildren(...(await lines(rows, who, reopen)));
}

async function lines(rows, who, reopen) {
  const notes = rows.filter((row) => row.person === who?.person && (row.kind === "note" || isAlone(row, rows)));
  return Promise.all(notes.filter((row) => row.state !== "draft" || row.id !== reopen?.open()).map((row) => line(row, rows, who, reopen)));
}

const isAlone = (row, rows) => !rows.some((other) => other.kind === "note" && other.id === row.note);

async function line(row, rows, who, reopen) {
  const entry = document.createElement("li");
  const files = rows.filter((other) => other.note === row.id && other.kind !== "note");
  entry.append(paragraph("when", `${when(row.at)} · ${stateOf(row)}`), paragraph("prose", await wordsOf(row, who)));
  if (files.length) entry.append(paragraph("note", say("with_files", { count: files.length })));
  if (row.sentence) entry.append(paragraph("is-wrong", row.sentence));
  if (reopen && row.kind === "note" && row.state !== "waiting") entry.append(button(say(row.state === "draft" ? "go_on" : "correct"), () => reopen(row)));
  if (row.state === "refused") entry.append(button(say("discard"), () => confirm(say("discard_sure")) && discard(row, files, entry)));
  return entry;
}

const stateOf = (row) => say({ draft: "half_written", waiting: "not_sent", refused: "refused" }[row.state]);

async function wordsOf(row, who) {
  if (row.kind !== "note") return say(row.kind);
  try {
    return (await unsealWords(who.key, row.box, row.id)).words || say("no_words");
  } catch {
    return say("unreadable");
  }
}

async function discard(row, files, entry) {
  await store.remove(row.id, ...files.map((file) => file.id));
  entry.remove();
}

function paragraph(kind, text) {
  const element = document.createElement("p");
  element.className = kind;
  element.textContent = text;
  return element;
}

function button(label, pressed) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "btn btn-secondary";
  element.textContent = label;
  element.addEventListener("click", pressed);
  return element;
}
