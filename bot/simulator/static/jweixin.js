// What WeChat's page script does for the pages of an account, as far as the demo needs it: wx.config and wx-open-subscribe.
(function () {
  const base = new URL("..", document.currentScript.src);
  const phone = () => localStorage.getItem("simulator-phone") || "a";
  const calls = { ready: [], error: [] };
  let outcome = "";

  const post = (path, body) => fetch(new URL(path, base), {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Simulator": "1" },
    body: JSON.stringify(body),
  });

  function settle(kind) {
    outcome = kind;
    calls[kind].forEach((call) => call());
  }

  function when(kind) {
    return (call) => (outcome === kind ? call() : calls[kind].push(call));
  }

  function ask(question, decide) {
    const dialog = document.createElement("dialog");
    const words = document.createElement("p");
    words.textContent = question;
    dialog.append(words);
    for (const [label, accept] of [["拒绝", false], ["允许", true]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.dataset.testid = accept ? "allow" : "refuse";
      button.addEventListener("click", () => {
        dialog.remove();
        decide(accept);
      });
      dialog.append(button, " ");
    }
    document.body.append(dialog);
    dialog.showModal();
  }

  function subscribe(tag) {
    // The real one draws the slots, with their own style, in a frame of its own.
    const slot = tag.querySelector("template:not([slot])");
    tag.append(slot.content.cloneNode(true));
    const templates = tag.getAttribute("template").split(",");
    tag.querySelector("button").addEventListener("click", () => ask("允许此公众号给您发送一次订阅通知？", async (accept) => {
      const answer = await post(`phones/${phone()}/decide`, { templates, accept });
      const status = { status: accept ? "accept" : "cancel" };
      const details = Object.fromEntries(templates.map((template) => [template, JSON.stringify(status)]));
      const detail = { errMsg: "subscribe:ok", subscribeDetails: JSON.stringify(details) };
      tag.dispatchEvent(new CustomEvent(answer.ok ? "success" : "error", { detail }));
    }));
  }

  window.wx = {
    async config(given) {
      const url = location.href.split("#")[0];
      const answer = await post("jsapi", { ...given, url });
      if (!answer.ok) return settle("error");
      if (given.openTagList.includes("wx-open-subscribe")) document.querySelectorAll("wx-open-subscribe").forEach(subscribe);
      return settle("ready");
    },
    ready: when("ready"),
    error: when("error"),
  };
})();
