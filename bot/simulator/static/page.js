// The page: asks for the state each second and hands it to the phones.

import { Phone } from "./phone.js";

const base = document.body.dataset.base;
const notice = document.querySelector(".notice");
const phones = [...document.querySelectorAll("[data-phone]")].map((section) => [section.dataset.phone, new Phone(section, post)]);
const SOON = [60, 300];
let asked = 0;
let shown = 0;

function say(problem) {
  notice.textContent = problem;
  notice.hidden = !problem;
}

async function post(path, body) {
  const isFile = body instanceof Blob;
  const type = isFile ? body.type || "application/octet-stream" : "application/json";
  try {
    const answer = await fetch(base + path, {
      method: "POST",
      headers: { "X-Simulator": "1", "Content-Type": type },
      body: isFile ? body : JSON.stringify(body || {}),
    });
    say(answer.ok ? "" : `没有发出去（${answer.status}）`);
  } catch {
    say("连不上模拟器");
  }
  SOON.forEach((wait) => setTimeout(look, wait));
}

async function look() {
  const mine = ++asked;
  try {
    const answer = await fetch(`${base}state.json`, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    const state = await answer.json();
    if (mine < shown) return; // A later question has been answered already.
    shown = mine;
    const clock = document.querySelector("[data-testid=now]");
    clock.dateTime = state.now;
    clock.textContent = `${state.now.slice(0, 10)} ${state.now.slice(11, 19)}`;
    phones.forEach(([name, phone]) => phone.show(state.phones[name], state.menu, state.now));
    if (notice.dataset.lost) say("");
    delete notice.dataset.lost;
  } catch {
    notice.dataset.lost = "yes";
    say("连不上模拟器，正在重试…");
  }
}

document.querySelectorAll("[data-step]").forEach((button) => {
  button.addEventListener("click", () => post(`advance/${button.dataset.step}`));
});
document.querySelectorAll("[data-show]").forEach((tab) => {
  tab.addEventListener("click", () => {
    document.querySelector(".desk").dataset.shown = tab.dataset.show;
    document.querySelectorAll("[data-show]").forEach((other) => other.setAttribute("aria-pressed", String(other === tab)));
  });
});

look();
setInterval(look, 1000);
