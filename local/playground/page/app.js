import { readStack } from "./api.js";
import { Column } from "./column.js";
import { byId, element } from "./elements.js";

const SAMPLES = ["count 20 every 150", "What can you do?", "json", "sleep 2000", "fail after 3", "fail"];

const prompt = byId("prompt");
let columns = [];
/** Ends the questions that are being answered; undefined if there is none. */
let asking;

let isDrawing = false;

/** Draws all timelines on one scale, at most once for each picture of the screen. */
function redraw() {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    drawAll();
  });
}

function drawAll() {
  const scale = Math.max(0, ...columns.map(({ end }) => end));
  for (const column of columns) column.redraw(scale);
}

function problem(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = text === "";
}

function caller() {
  const kind = byId("caller").value;
  return kind === "key" || kind === "token" ? { kind, value: byId("secret").value } : { kind };
}

function sessionOf(column) {
  const kind = byId("session").value;
  if (kind === "own") return byId("sessionId").value;
  return kind === "keep" ? column.sessionId : "";
}

async function ask() {
  if (asking !== undefined) return;
  const asked = columns.filter(({ isIn }) => isIn);
  if (prompt.value.trim() === "" || asked.length === 0) {
    problem(asked.length === 0 ? "No door is chosen. Tick “ask” at one." : "Write a prompt first.");
    prompt.focus();
    return;
  }
  problem("");
  asking = new AbortController();
  busy(true);
  const common = { prompt: prompt.value, caller: caller(), collect: byId("form").value === "collect" };
  const { signal } = asking;
  await Promise.all(asked.map((column) => column.ask({ ...common, sessionId: sessionOf(column) }, signal)));
  asking = undefined;
  busy(false);
}

async function stop() {
  if (asking === undefined) return;
  const running = columns.filter(({ root }) => root.dataset.state === "busy");
  asking.abort();
  await Promise.all(running.map((column) => column.stop(caller()).catch((error) => problem(error.message))));
}

function busy(isBusy) {
  byId("ask").disabled = isBusy;
  byId("stop").disabled = !isBusy;
}

function enable() {
  byId("secret").disabled = !["key", "token"].includes(byId("caller").value);
  byId("sessionId").disabled = byId("session").value !== "own";
}

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  void ask();
});
byId("stop").addEventListener("click", () => void stop());
byId("caller").addEventListener("change", enable);
byId("session").addEventListener("change", enable);
prompt.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  void ask();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") void stop();
});

for (const sample of SAMPLES) {
  const button = element("button", sample, { type: "button" });
  button.addEventListener("click", () => {
    prompt.value = sample;
    prompt.focus();
  });
  byId("samples").append(button);
}
prompt.value = SAMPLES[0];

try {
  const { stack, region, doors } = await readStack();
  byId("stack").textContent = `stack ${stack} in ${region}, ${doors.length} ${doors.length === 1 ? "door" : "doors"}`;
  columns = doors.map((door) => new Column(door, redraw));
  byId("doors").append(...columns.map(({ root }) => root));
  prompt.focus();
} catch (error) {
  byId("stack").textContent = "no stack";
  byId("ask").disabled = true;
  problem(error.message);
}
