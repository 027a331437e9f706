// Prepares WeChat's open tag, and says what became of a tap on it.
(function () {
  const ask = document.getElementById("ask");
  const said = document.getElementById("said");
  const tell = (text) => { said.textContent = text; };
  const ELSEWHERE = "请在微信里打开这个页面（微信需为较新版本）。";

  if (!window.wx || !window.wx.config) {
    tell(ELSEWHERE);
    return;
  }
  window.wx.config({
    debug: false,
    appId: ask.dataset.appId,
    timestamp: Number(ask.dataset.timestamp),
    nonceStr: ask.dataset.nonce,
    signature: ask.dataset.signature,
    jsApiList: ["hideOptionMenu"], // may not be empty
    openTagList: ["wx-open-subscribe"],
  });
  window.wx.ready(() => tell(""));
  window.wx.error(() => tell(ELSEWHERE));
  document.addEventListener("WeixinOpenTagsError", () => tell(ELSEWHERE));

  const button = document.getElementById("subscribe");
  button.addEventListener("success", (event) => {
    // Each template's answer stands in a text of its own within the text of all.
    const accepted = JSON.stringify(event.detail || "").includes("accept");
    tell(accepted ? "好的，有结果时会提醒您一次。可以关闭此页。" : "没有同意，不会提醒。随时可以回来再点。");
  });
  button.addEventListener("error", () => tell("没有成功，请稍后再试。"));
})();
