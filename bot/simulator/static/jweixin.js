// In place of WeChat's jweixin.js: wx.config, and the tag that asks for consent to notices (wx-open-subscribe).
// Which phone opened the page stands behind the #; in any other browser nothing happens, as with the real one.

(() => {
  const base = new URL("../", document.currentScript.src);
  const phone = new URLSearchParams(location.hash.slice(1)).get("phone");
  const after = [];
  let refused = () => {};

  async function post(path, body) {
    const answer = await fetch(new URL(path, base), {
      method: "POST",
      headers: { "X-Simulator": "1", "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  // The page's policy forbids inline styles; WeChat draws in a frame of its own, where they hold.
  function draw(host, markup) {
    const made = document.createElement("template");
    made.innerHTML = markup;
    const sheet = new CSSStyleSheet();
    const styles = [...made.content.querySelectorAll("style")];
    sheet.replaceSync(styles.map((style) => style.textContent).join("\n"));
    styles.forEach((style) => style.remove());
    const shadow = host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(made.content);
    return shadow;
  }

  const QUESTION = `
    <style>
      dialog { box-sizing: border-box; width: min(360px, 100% - 32px); padding: 24px; border: 0; border-radius: 14px; text-align: center; font: 17px/1.6 sans-serif; }
      dialog::backdrop { background: rgb(0 0 0 / 45%); }
      p { margin: 0 0 6px; font-weight: 600; }
      small { color: #7a7a7a; }
      form { display: flex; gap: 12px; margin-top: 22px; }
      button { flex: 1; padding: 10px; border: 0; border-radius: 8px; font: inherit; }
      button[value="accept"] { background: #07c160; color: #fff; }
    </style>
    <dialog aria-label="微信询问">
      <p>允许这个公众号给您发一次通知？</p><small>微信模拟 · 每次允许只能发一次</small>
      <form method="dialog"><button value="reject">拒绝</button><button value="accept">允许</button></form>
    </dialog>`;

  function question() {
    const host = document.createElement("div");
    document.body.append(host);
    const dialog = draw(host, QUESTION).querySelector("dialog");
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        host.remove();
        resolve(dialog.returnValue || "cancel");
      });
      dialog.showModal();
    });
  }

  class Subscribe extends HTMLElement {
    connectedCallback() {
      draw(this, this.querySelector('script[type="text/wxtag-template"]').textContent);
      this.addEventListener("click", () => this.ask());
    }

    async ask() {
      const template = this.getAttribute("template");
      const status = await question();
      try {
        if (status !== "cancel") await post(`phones/${phone}/decide`, { template, accept: status === "accept" });
        const subscribeDetails = JSON.stringify({ [template]: JSON.stringify({ status }) });
        this.tell("success", { errMsg: "subscribe:ok", subscribeDetails });
      } catch {
        this.tell("error", { errMsg: "subscribe:fail", errCode: 10003 });
      }
    }

    tell(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { detail }));
    }
  }

  async function config({ appId, timestamp, nonceStr, signature, openTagList }) {
    if (!phone) return;
    const url = location.href.split("#")[0];
    const { signed } = await post("signed", { appId, timestamp, nonceStr, signature, url });
    if (!signed) refused({ errMsg: "config:invalid signature" });
    else if (openTagList.includes("wx-open-subscribe")) customElements.define("wx-open-subscribe", Subscribe);
    after.forEach((run) => run());
  }

  window.wx = { config, ready: (run) => after.push(run), error: (run) => { refused = run; } };
})();
