import { frames } from "./api.js";
import { byId, duration, element } from "./elements.js";
import { draw, gapsOf } from "./timeline.js";

/** One door: what it is, and the answer that arrives through it. */
export class Column {
  times = [];
  end = 0;
  sessionId = "";

  constructor(door, onChange) {
    this.door = door;
    this.onChange = onChange;
    this.root = byId("door").content.firstElementChild.cloneNode(true);
    this.part("h2").textContent = door.name;
    this.part(".kind").textContent = `${door.service}, ${door.auth}`;
    this.part(".include span").textContent = "ask";
    this.part(".include input").setAttribute("aria-label", `Ask ${door.name}`);
    this.part(".answer").setAttribute("aria-label", `Answer of ${door.name}`);
    this.part(".raw .scroll").setAttribute("aria-label", `Events of ${door.name}`);
    this.part("pre").setAttribute("aria-label", `Headers of ${door.name}`);
    this.part(".cors").textContent = door.cors
      ? "CORS: the stack lets a page of this origin call the door."
      : "CORS: this page's origin is not in corsOrigins of the stack. A page of your own cannot call the door until its origin is.";
    this.part(".include input").addEventListener("change", () => this.root.toggleAttribute("data-out", !this.isIn));
    this.redraw(0);
  }

  part(selector) {
    return this.root.querySelector(selector);
  }

  get isIn() {
    return this.part(".include input").checked;
  }

  /** Asks the door, and shows what arrives until the answer ends or `signal` stops it. */
  async ask(call, signal) {
    this.clear();
    this.state("busy", "waiting for the first byte");
    try {
      for await (const frame of frames("ask", { ...call, door: this.door.name }, signal)) this.show(frame);
      if (this.root.dataset.state === "busy") this.state("done", this.buffered ? "answered at once" : "complete");
    } catch (error) {
      if (signal.aborted) this.state("done", "stopped");
      else
        this.fail({ message: error.message, remedy: "Is npm start still running? Open the URL that it printed last." });
    }
  }

  /** Ends the session at the door, so that the agent stops as well. */
  async stop(caller) {
    if (this.sessionId === "") return;
    for await (const frame of frames("stop", { door: this.door.name, sessionId: this.sessionId, caller }))
      if (frame.kind === "head") this.row(frame.ms, `DELETE /sessions/{id}: ${frame.status}`);
  }

  redraw(scale) {
    draw(this.part(".timeline"), this.times, Math.max(scale, this.end));
  }

  clear() {
    this.times = [];
    this.end = 0;
    this.count = 0;
    this.buffered = false;
    this.part(".answer").textContent = "";
    this.part(".error").hidden = true;
    this.part("tbody").replaceChildren();
    this.part(".count").textContent = "";
    this.part("pre").textContent = "none yet";
    for (const figure of this.root.querySelectorAll("[data-figure]")) figure.textContent = "–";
    this.onChange();
  }

  show(frame) {
    this.end = frame.ms;
    if (frame.kind === "head") this.head(frame);
    else if (frame.kind === "error") this.fail(frame);
    else if (frame.kind !== "end") this.arrived(frame);
    this.figure("total", duration(frame.ms));
    this.onChange();
  }

  head({ status, headers, request, sessionId, ms }) {
    this.sessionId = sessionId ?? this.sessionId;
    const lines = (list) => list.map(([name, value]) => `${name}: ${value}`).join("\n");
    this.part("pre").textContent =
      `${request.method} ${request.url}\n${lines(request.headers)}\n\n${status}, after ${duration(ms)}\n${lines(headers)}`;
    if (status < 400) this.state("busy", `${status}, streaming`);
  }

  arrived({ kind, ms, event, data, text }) {
    if (this.times.length === 0) this.figure("first", duration(ms));
    this.times.push(ms);
    this.buffered = kind === "body";
    this.count += kind === "event" ? 1 : 0;
    this.figure("events", this.buffered ? "1 body" : String(this.count));
    const gaps = gapsOf(this.times);
    if (gaps.length > 0) this.figure("gap", duration(Math.max(...gaps)));
    this.row(ms, kind === "comment" ? `: ${data}` : `${event ? `${event}: ` : ""}${data}`);
    if (text === undefined) return;
    const answer = this.part(".answer");
    const follows = answer.scrollHeight - answer.scrollTop - answer.clientHeight < 40;
    answer.append(text);
    if (follows) answer.scrollTop = answer.scrollHeight;
  }

  row(ms, what) {
    const gap = this.times.length > 1 ? `+${Math.round(ms - this.times.at(-2))}` : "";
    const row = element("tr");
    row.append(element("td", ms.toFixed(1)), element("td", gap), element("td", what));
    this.part("tbody").append(row);
    this.part(".count").textContent = `(${this.part("tbody").childElementCount})`;
  }

  fail({ code, message, remedy, status, requestId }) {
    this.state("failed", [status, code ?? (status === undefined ? "failed" : "refused")].filter(Boolean).join(" "));
    this.part(".message").textContent = message;
    this.part(".remedy").textContent = remedy ?? "";
    this.part(".facts").textContent = requestId === undefined ? "" : `request ${requestId}`;
    this.part(".error").hidden = false;
  }

  figure(name, value) {
    this.part(`[data-figure="${name}"]`).textContent = value;
  }

  state(state, text) {
    this.root.dataset.state = state;
    this.part(".state").textContent = text;
  }
}
