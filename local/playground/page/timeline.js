import { duration } from "./elements.js";

const WIDTH = 1000;
const HEIGHT = 40;

/** A silence is drawn as a gap if it is this many times as long as the usual one. */
const LONG = 2.5;

/** Times between neighbours, without the wait for the first. */
export function gapsOf(times) {
  return times.slice(1).map((time, index) => time - times[index]);
}

/**
 * Draws when what arrived: the wait for the first byte, a line for each arrival, and the long silences. All doors are drawn on one scale.
 *
 * @param times of the arrivals, ms
 * @param scale the end of the axis, ms
 */
export function draw(svg, times, scale) {
  const x = (ms) => (scale > 0 ? (ms / scale) * WIDTH : 0);
  const parts = [];
  const [first] = times;
  if (first !== undefined) parts.push(bar("wait", 0, x(first)));
  const gaps = gapsOf(times);
  const usual = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  gaps.forEach((gap, index) => {
    if (gap > usual * LONG && gap > 50) parts.push(bar("gap", x(times[index]), x(gap)));
  });
  for (const time of times) parts.push(tick(x(time)));
  svg.replaceChildren(...parts);
  const longest = gaps.length > 0 ? `, longest gap ${duration(Math.max(...gaps))}` : "";
  const text = first === undefined ? "nothing has arrived" : `first byte after ${duration(first)}${longest}`;
  svg.setAttribute("aria-label", `Arrivals over time: ${text}`);
}

function shape(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

const bar = (kind, x, width) => shape("rect", { class: kind, x, y: 0, width, height: HEIGHT });
const tick = (x) => shape("line", { class: "tick", x1: x, x2: x, y1: 6, y2: HEIGHT - 6 });
