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
