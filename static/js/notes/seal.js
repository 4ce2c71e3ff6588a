/* What a phone keeps is sealed (AES-GCM) for the person who wrote it, and bound to its place. The key never leaves the browser. */

const bytesOf = (text) => new TextEncoder().encode(text);

/** A key from what the server told; it can be used but not read again. */
export function keyOf(base64) {
  const raw = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function seal(key, bytes, place) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytesOf(place) }, key, bytes);
  return { iv, sealed };
}

/** The bytes again. Rejects for another's key, and for what was altered or moved. */
export function unseal(key, { iv, sealed }, place) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytesOf(place) }, key, sealed);
}

export const sealWords = (key, words, place) => seal(key, bytesOf(JSON.stringify(words)), place);

export async function unsealWords(key, box, place) {
  return JSON.parse(new TextDecoder().decode(await unseal(key, box, place)));
}

/** An id that nobody else makes (RFC 4122, version 4); randomUUID is not there everywhere. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
