// Comforts of the case page: what is typed is kept every few seconds, and a session that ended is renewed over the page.
"use strict";

const EVERY = 3000;
// A refused form is shown under its own address, which is not to be asked for.
const HERE = location.pathname.replace(/\/(say|moves\/\w+)$/, "");
const timers = new Map();

function keptAt(form) {
  const say = form.elements.say;
  return say ? form.dataset.draft.replace(/[^/]+$/, say.value) : form.dataset.draft;
}

async function keep(form) {
  clearTimeout(timers.get(form));
  const answer = await fetch(keptAt(form), { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const line = form.querySelector("[data-saved]");
  if (answer.ok) line.textContent = `草稿已存 ${new Date().toTimeString().slice(0, 5)}`;
  return answer;
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => keep(form).catch(() => {}), EVERY));
});

// Before it is sent: is somebody still signed in? If not, a small sign-in comes first.
let sure = false;
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form || sure) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const send = () => { sure = true; form.requestSubmit(event.submitter); sure = false; };
  try {
    const answer = await keep(form);
    if (answer.status === 401) signIn(send); else send();
  } catch {
    send();
  }
}, true);

async function page(address, options) {
  const answer = await fetch(address, options);
  return { path: new URL(answer.url).pathname, read: new DOMParser().parseFromString(await answer.text(), "text/html") };
}

async function signIn(then) {
  const dialog = document.createElement("dialog");
  dialog.className = "over";
  document.body.append(dialog);
  const show = ({ path, read }) => {
    const fresh = read.querySelector("header input[name=csrf]");
    if (path === HERE && fresh) {
      for (const field of document.querySelectorAll("input[name=csrf]")) field.value = fresh.value;
      dialog.remove();
      then();
      return;
    }
    dialog.replaceChildren(read.querySelector("main section"));
  };
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    show(await page(event.target.action, { method: "POST", body: new URLSearchParams(new FormData(event.target)) }));
  });
  show(await page(`/console/sign-in?next=${encodeURIComponent(HERE)}`));
  dialog.showModal();
}
