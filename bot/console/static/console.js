// Comforts only: every page works without this file.
"use strict";

// One click is one submission.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  const button = event.submitter;
  if (button) setTimeout(() => { button.disabled = true; }, 0);
});
// Coming back through the browser's history, the button must work again.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[disabled]")) button.disabled = false;
});
// Put a picture where the cursor stands in the text: at its end, until somebody clicks elsewhere.
const text = document.getElementById("body");
if (text) text.setSelectionRange(text.value.length, text.value.length);
for (const code of document.querySelectorAll("[data-insert]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-outline-primary";
  button.textContent = "插入正文";
  button.addEventListener("click", () => {
    text.setRangeText(`\n\n${code.textContent}\n\n`, text.selectionStart, text.selectionEnd, "end");
    text.focus();
  });
  code.after(button);
}
// Alarms come by themselves to whatever page stands open.
const PAUSE = 20_000;
const ring = async () => {
  const strip = document.getElementById("alarms");
  if (!strip) return;
  try {
    const answer = await fetch(`${strip.dataset.from}?seen=${strip.dataset.seen}`, { redirect: "manual" });
    if (answer.status === 200) strip.outerHTML = await answer.text();
  } catch { /* Without a connection the next look tries again. */ }
  setTimeout(ring, PAUSE);
};
setTimeout(ring, PAUSE);
// Copy a block that goes into another platform's form; without this it is selected by hand.
for (const block of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-primary mt-2";
  button.textContent = "复制";
  button.addEventListener("click", () => {
    block.select();
    navigator.clipboard.writeText(block.value).then(() => { button.textContent = "已复制"; });
  });
  block.after(button);
}
