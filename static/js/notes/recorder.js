/* A spoken message of at most half a minute. */

export const LONGEST = 30; // seconds
const KINDS = [["audio/webm;codecs=opus", ".webm"], ["audio/mp4", ".m4a"], ["audio/ogg;codecs=opus", ".ogg"]];

/** Whether this browser can record at all. */
export const canRecord = () => Boolean(self.MediaRecorder && navigator.mediaDevices?.getUserMedia && kind());

const kind = () => KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));

/** Record until `stop()` or half a minute; `grown(blob, seconds)` gets all that is there, each second and at the end. */
export async function record(grown) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const [type, ending] = kind();
  const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32000 });
  const parts = [], began = Date.now();
  const plain = type.split(";")[0];
  let last = Promise.resolve();
  recorder.ondataavailable = (event) => {
    if (event.data.size) parts.push(event.data);
    const blob = new Blob(parts, { type: plain }), seconds = Math.round((Date.now() - began) / 1000);
    last = last.then(() => grown(blob, seconds));
  };
  const finished = new Promise((resolve) => {
    recorder.onstop = () => {
      stream.getTracks().forEach((track) => track.stop());
      resolve(last);
    };
  });
  const timer = setTimeout(() => recorder.state !== "inactive" && recorder.stop(), LONGEST * 1000);
  recorder.start(1000);
  return {
    ending,
    type: plain,
    finished: finished.then(() => last).finally(() => clearTimeout(timer)),
    stop: () => recorder.state !== "inactive" && recorder.stop(),
  };
}
