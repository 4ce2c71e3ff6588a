/* From this phone to the portal. Only an answer that names an item lets it leave the queue; all else means nothing. */

import { unseal, unsealWords } from "./seal.js";

const WHY = { 401: "out", 403: "forbidden", 413: "large" };
const WAIT = { standing: 10000, note: 20000, photo: 90000, recording: 60000 }; // ms

/* The answer, or why there is none: {why: "offline"|"slow"|"out"|"forbidden"|"large"|"ill"}. */
async function ask(url, options, patience) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    // a redirect leads to the sign-in page, which is no answer to what was sent
    const answer = await fetch(url, { ...options, redirect: "manual", credentials: "same-origin", cache: "no-store", signal: stop.signal });
    if (answer.type === "opaqueredirect") return { why: "out" };
    const told = await answer.json().catch(() => null);
    return { status: answer.status, told: told && typeof told === "object" ? told : {}, why: WHY[answer.status] ?? (answer.ok ? "" : "ill") };
  } catch {
    return { why: stop.signal.aborted ? "slow" : "offline" };
  } finally {
    clearTimeout(timer);
  }
}

/** Who is signed in, with key and token; or {why}. */
export async function standing(addresses) {
  const answer = await ask(addresses.standing, { headers: { Accept: "application/json" } }, WAIT.standing);
  if (answer.status === 200 && answer.told.person) return { ...answer.told, why: "" };
  return { why: answer.why || "ill" };
}

/** Send one item: {received} | {refused: sentence} | {why, sentence}. */
export async function deliver(item, who, key, addresses) {
  const request = item.kind === "note" ? await asNote(item, who, key, addresses) : await asFile(item, who, key, addresses);
  const answer = await ask(request.url, { method: "POST", body: request.body, headers: { ...request.headers, "X-CSRFToken": who.token } }, WAIT[item.kind]);
  const { status, told = {} } = answer;
  if ((status === 201 || status === 200) && told.received === item.id) return { received: true, liaison: told.liaison };
  if ((status === 409 || status === 422) && told.refused === item.id) return { refused: told.sentence };
  return { why: answer.why || "ill", sentence: told.sentence ?? "" };
}

async function asNote(item, who, key, addresses) {
  const { words, name, tell, mandate, follows } = await unsealWords(key, item.box, item.id);
  const on = item.on > who.today ? who.today : item.on; // a phone whose clock is ahead
  const told = { client_id: item.id, by: item.person, words, who: name, tell_wish: tell, mandate, follows, on };
  return { url: addresses.send, body: JSON.stringify(told), headers: { "Content-Type": "application/json" } };
}

async function asFile(item, who, key, addresses) {
  const body = new FormData();
  body.append("client_id", item.id);
  body.append("by", item.person);
  body.append("kind", item.kind === "photo" ? "PHOTO" : "RECORDING");
  body.append("file", new Blob([await unseal(key, item.box, item.id)], { type: item.type }), item.name);
  return { url: addresses.files.replace("00000000-0000-0000-0000-000000000000", item.note), body, headers: {} };
}
