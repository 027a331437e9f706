// Lets WeChat ask for the consent to one notice, and says what was decided.

(function () {
  const box = document.querySelector(".notify");
  const ask = document.getElementById("ask");
  let failed = false;

  function show(state) {
    box.querySelectorAll("[data-when]").forEach((part) => { part.hidden = part.dataset.when !== state; });
    ask.hidden = state === "accept" || state === "later" || state === "old";
  }

  function fail() {
    failed = true;
    show("later");
  }

  function decided(event) {
    // JSON within JSON: template -> status, which is accept, reject, cancel or filter (WeChat would not ask).
    const answer = JSON.parse(event.detail.subscribeDetails)[ask.getAttribute("template")];
    const status = JSON.parse(answer).status;
    if (status === "filter") fail();
    else show(status === "accept" ? "accept" : "reject");
  }

  if (!box.dataset.signature) {
    // The worker fetches what the page is signed with every few seconds.
    setTimeout(() => location.reload(), 6000);
    return;
  }
  if (!window.wx) {
    show("later");
    return;
  }
  ask.addEventListener("success", decided);
  ask.addEventListener("error", fail);
  document.addEventListener("WeixinOpenTagsError", () => show("old"));
  wx.error(fail);
  // Also called after an error; never called outside WeChat.
  wx.ready(() => { if (!failed) show("ready"); });
  wx.config({
    appId: box.dataset.appId,
    timestamp: box.dataset.timestamp,
    nonceStr: box.dataset.nonce,
    signature: box.dataset.signature,
    jsApiList: ["checkJsApi"], // with an empty list WeChat shows no tag
    openTagList: ["wx-open-subscribe"],
  });
}());
