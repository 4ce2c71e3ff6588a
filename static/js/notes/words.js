/* Plain words: the sentences come with the page, in the reader's language. */

export const words = JSON.parse(document.getElementById("note-words")?.textContent ?? "{}");

/** The sentence with its gaps filled. */
export const say = (name, values = {}) => (words[name] ?? name).replace(/%\((\w+)\)s/g, (_gap, key) => values[key] ?? "");

const dayOf = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());

/** The day on this phone as 2026-11-24. */
export const isoDay = (moment) =>
  [moment.getFullYear(), String(moment.getMonth() + 1).padStart(2, "0"), String(moment.getDate()).padStart(2, "0")].join("-");

/** When something was: 昨天下午3点. */
export function when(milliseconds, now = Date.now()) {
  const moment = new Date(milliseconds);
  const days = Math.round((dayOf(new Date(now)) - dayOf(moment)) / (24 * 3600e3));
  const day = { 0: "today", 1: "yesterday" }[days] ?? "date";
  return say(day, { month: moment.getMonth() + 1, day: moment.getDate(), hour: hourOf(moment.getHours()) });
}

function hourOf(hour) {
  const part = hour < 5 ? "night" : hour < 12 ? "morning" : hour === 12 ? "noon" : hour < 18 ? "afternoon" : "evening";
  return say(part, { hour: hour > 12 ? hour - 12 : hour });
}

/** What still waits on this phone, in one or two sentences; empty for nothing. Another person's notes are only counted. */
export function summary(rows, person) {
  const own = rows.filter((row) => row.person === person && row.state !== "draft");
  const notes = own.filter((row) => row.kind === "note");
  const files = own.filter((row) => row.kind !== "note" && !notes.some((note) => note.id === row.note));
  const others = rows.filter((row) => row.person !== person && row.kind === "note");
  const told = [];
  if (notes.length) told.push(say("waiting", { count: notes.length, when: when(Math.min(...notes.map((row) => row.at))) }));
  if (files.length) told.push(say("files_waiting", { count: files.length, when: when(Math.min(...files.map((row) => row.at))) }));
  if (others.length) told.push(say("of_another", { count: others.length }));
  return told.join(" ");
}

/* How many lie here is also written into a cookie: where a browser clears its storage, the number may be left to tell. */
const COUNT = "unsent";
const counted = () => Number(document.cookie.match(/(?:^|; )unsent=(\d+)/)?.[1] ?? 0);
const count = (number) => {
  document.cookie = `${COUNT}=${number}; path=/; max-age=${number ? 30 * 24 * 3600 : 0}; samesite=lax`;
};

/** How many notes were here when the browser cleared its storage; `known` says that it did not. */
export const cleared = (known) => (known ? 0 : counted());

export const keepCount = (rows) => count(rows.filter((row) => row.kind === "note" && row.state !== "draft").length);
