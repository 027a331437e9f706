// One phone: shows its state, and turns taps into acts.

import { node, row, stamp } from "./bubbles.js";

const PLACES = [
  ["新密市青屏大街12号", 34.5396, 113.3912],
  ["新密市人民广场", 34.5383, 113.3866],
  ["新密市西大街农贸市场", 34.5402, 113.3748],
  ["新密市超化镇集贸市场", 34.4419, 113.3775],
  ["新密市来集镇学校门口", 34.5032, 113.4512],
];
const LONGEST = 60;
// Pixels: above the newest bubble, and how far from it somebody still reads the newest.
const MARGIN = 10;
const NEAR = 60;

export class Phone {
  constructor(section, post) {
    this.section = section;
    this.find = (selector) => section.querySelector(selector);
    this.act = (act, body) => post(`phones/${section.dataset.phone}/${act}`, body);
    this.last = null;
    this.menu = "";
    this.follows = true;
    this.wireWriting();
    this.wireTools();
    this.wireVoice();
    this.wirePlaces();
    this.wireChat();
  }

  // The end of the chat, or the beginning of what was said last where that does not fit.
  get end() {
    const chat = this.find(".chat");
    const last = this.find(".bubbles").lastElementChild;
    const whole = chat.scrollHeight - chat.clientHeight;
    return last ? Math.min(whole, last.offsetTop - chat.offsetTop - MARGIN) : whole;
  }

  down() {
    this.find(".chat").scrollTop = this.end;
  }

  wireChat() {
    const chat = this.find(".chat");
    chat.addEventListener("scroll", () => {
      this.follows = chat.scrollTop > this.end - NEAR;
    });
    // Pictures that load and a growing input line must not hide the newest bubble.
    const observer = new ResizeObserver(() => this.follows && this.down());
    observer.observe(chat);
    observer.observe(this.find(".bubbles"));
  }

  show(state, menu, now) {
    this.section.dataset.follows = state.follows ? "yes" : "no";
    this.find(".hour").textContent = now.slice(11, 16);
    const title = this.find(".title");
    title.dataset.name ||= title.textContent;
    title.textContent = state.typing ? "对方正在输入…" : title.dataset.name;
    this.showBubbles(state.bubbles, now);
    this.showMenu(menu);
  }

  showBubbles(bubbles, now) {
    const list = this.find(".bubbles");
    if (this.last && !bubbles.some((bubble) => bubble.id === this.last.id)) {
      list.replaceChildren();
      this.last = null;
    }
    const fresh = bubbles.filter((bubble) => !this.last || bubble.id > this.last.id);
    if (!fresh.length) return;
    for (const bubble of fresh) {
      const when = stamp(bubble.at, this.last && this.last.at, now);
      if (when) list.append(when);
      const made = row(bubble, this.section.dataset.name, this.act);
      // Tells the stand-in's page script who opens the page; no server sees it.
      made.querySelectorAll("a[href]").forEach((link) => { link.hash ||= `phone=${this.section.dataset.phone}`; });
      list.append(made);
      this.last = bubble;
    }
    if (this.follows || fresh.at(-1).from === "me") this.down();
  }

  showMenu(menu) {
    const written = JSON.stringify(menu);
    if (written === this.menu) return;
    this.menu = written;
    const entries = menu.map((button) => this.entry(button));
    this.find(".menu").replaceChildren(...(entries.length ? entries : [node("span", "none", "公众号还没有菜单")]));
  }

  entry(button) {
    const entry = node("div", "entry");
    const children = button.sub_button || [];
    if (!children.length) {
      entry.append(this.item(button));
      return entry;
    }
    const top = node("button", "", button.name);
    const sub = node("div", "sub");
    top.type = "button";
    top.dataset.testid = "menu-item";
    top.setAttribute("aria-expanded", "false");
    sub.hidden = true;
    sub.append(...children.map((child) => this.item(child)));
    top.addEventListener("click", () => {
      const opening = sub.hidden;
      this.shutMenus();
      sub.hidden = !opening;
      top.setAttribute("aria-expanded", String(opening));
    });
    entry.append(top, sub);
    return entry;
  }

  item(button) {
    const item = node("button", "", button.name);
    item.type = "button";
    item.dataset.testid = "menu-item";
    item.dataset.key = button.key || "";
    item.addEventListener("click", () => {
      this.shutMenus();
      if (button.type === "view") {
        window.open(button.url, "_blank", "noopener");
        this.act("view", { url: button.url });
      } else {
        this.act("click", { key: button.key });
      }
    });
    return item;
  }

  shutMenus() {
    this.section.querySelectorAll(".sub").forEach((sub) => { sub.hidden = true; });
    this.section.querySelectorAll(".entry > [aria-expanded]").forEach((top) => top.setAttribute("aria-expanded", "false"));
  }

  wireWriting() {
    const form = this.find(".writing");
    const input = this.find("[data-testid=text]");
    const mark = () => form.classList.toggle("empty", !input.value);
    mark();
    input.addEventListener("input", mark);
    input.addEventListener("keydown", (event) => {
      // While a word is being composed, Enter belongs to the input method.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (input.value.trim()) this.act("say", { text: input.value });
      input.value = "";
      mark();
    });
    this.find("[data-testid=menu-toggle]").addEventListener("click", (event) => {
      const foot = this.find(".foot");
      foot.dataset.mode = foot.dataset.mode === "menu" ? "keyboard" : "menu";
      event.currentTarget.setAttribute("aria-pressed", String(foot.dataset.mode === "menu"));
      this.shutMenus();
    });
    this.find("[data-testid=more]").addEventListener("click", (event) => {
      const shut = this.find(".tools").classList.toggle("shut");
      event.currentTarget.setAttribute("aria-expanded", String(!shut));
    });
    this.section.querySelectorAll("[data-act]").forEach((button) => {
      button.addEventListener("click", () => this.act(button.dataset.act));
    });
  }

  wireTools() {
    for (const kind of ["picture", "video"]) {
      const file = this.find(`[data-file=${kind}]`);
      this.find(`[data-tool=${kind}]`).addEventListener("click", () => file.click());
      file.addEventListener("change", () => {
        if (file.files.length) this.act(kind, file.files[0]);
        file.value = "";
      });
    }
    this.find("[data-tool=sample-picture]").addEventListener("click", () => this.act("sample-picture"));
  }

  wireVoice() {
    const button = this.find("[data-tool=voice]");
    const panel = this.find(".recording");
    let since = 0;
    let held = 0;
    let ticking = 0;
    const seconds = () => Math.min(LONGEST, Math.round((performance.now() - since) / 1000));
    const start = () => {
      since = performance.now();
      held = 0;
      panel.hidden = false;
      panel.querySelector("b").textContent = "0″";
      ticking = setInterval(() => { panel.querySelector("b").textContent = `${seconds()}″`; }, 250);
    };
    const stop = () => {
      clearInterval(ticking);
      panel.hidden = true;
    };
    button.addEventListener("pointerdown", (event) => {
      button.setPointerCapture(event.pointerId);
      start();
    });
    button.addEventListener("pointercancel", stop);
    button.addEventListener("pointerup", () => {
      held = seconds();
      stop();
    });
    // A short tap, also one from the keyboard, sends a voice of three seconds.
    button.addEventListener("click", () => {
      this.act("voice", { seconds: held || 3 });
      held = 0;
    });
  }

  wirePlaces() {
    const dialog = this.find(".places");
    const form = dialog.querySelector("form");
    const fill = ([label, latitude, longitude]) => Object.entries({ label, latitude, longitude })
      .forEach(([name, value]) => { form.elements[name].value = value; });
    for (const place of PLACES) {
      const preset = node("button", "", place[0].replace("新密市", ""));
      preset.type = "button";
      preset.addEventListener("click", () => fill(place));
      dialog.querySelector(".presets").append(preset);
    }
    this.find("[data-tool=location]").addEventListener("click", () => {
      fill(PLACES[0]);
      dialog.showModal();
    });
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "send") this.act("location", Object.fromEntries(new FormData(form)));
      dialog.returnValue = "";
    });
  }
}
