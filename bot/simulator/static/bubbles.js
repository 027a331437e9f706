// Makes the nodes of a chat. Everything a person wrote goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const ADDRESS = /https?:\/\/[\w\-./?%&=#:~+@]*[\w\-/?%&=#~+@]/g;
// The two forms of markup that a text of the account may have, words to tap and words for an address; all else is text.
const MARKUP = /<a href="((?:https?:\/\/|weixin:\/\/bizmsgmenu\?)[^"<>\s]+)">([^<>]+)<\/a>/.source;
const MARKED = new RegExp(`${MARKUP}|${ADDRESS.source}`, "g");
const CHOICE = "weixin://bizmsgmenu?";
const FIVE_MINUTES = 5 * 60 * 1000;

export function node(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

function anchor(href, className = "") {
  const link = node("a", className);
  if (/^(https?:\/\/|\/)/.test(href)) link.href = href;
  link.target = "_blank";
  link.rel = "noopener";
  return link;
}

function choice(label, sent, id, act, className = "choice") {
  const button = node("button", className, label);
  button.type = "button";
  button.addEventListener("click", () => act("choose", { text: sent, id }));
  return button;
}

function linked(href, text, act) {
  if (!href.startsWith(CHOICE)) {
    const link = anchor(href);
    link.textContent = text;
    return link;
  }
  const wanted = new URLSearchParams(href.slice(CHOICE.length));
  return choice(text, wanted.get("msgmenucontent") || text, wanted.get("msgmenuid") || "0", act);
}

function writing(text, act, forms = MARKED) {
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const found of text.matchAll(forms)) {
    parts.append(text.slice(from, found.index), linked(found[1] || found[0], found[2] || found[0], act));
    from = found.index + found[0].length;
  }
  parts.append(text.slice(from));
  return parts;
}

function bare(...children) {
  const said = node("div", "said bare");
  said.append(...children);
  return said;
}

function text(bubble, act) {
  const said = node("div", "said");
  said.append(writing(bubble.text, act, bubble.from === "account" ? MARKED : ADDRESS));
  return said;
}

function image(bubble) {
  const picture = node("img", "photo");
  picture.src = bubble.media;
  picture.alt = "照片";
  const link = anchor(bubble.media);
  link.append(picture);
  return bare(link);
}

function video(bubble) {
  const film = node("video", "film");
  film.src = bubble.media;
  film.controls = true;
  film.preload = "metadata";
  return bare(film);
}

function voice(bubble) {
  const { seconds } = bubble.extra;
  const said = node("div", `said voice voice-${Math.min(4, Math.ceil(seconds / 10))}`);
  said.setAttribute("role", "img");
  said.setAttribute("aria-label", `语音 ${seconds} 秒`);
  said.append(icon("wave"), node("span", "", `${seconds}″`));
  return said;
}

function location(bubble) {
  const place = node("div", "map");
  const ground = node("div", "ground");
  ground.append(icon("pin"));
  const { label = "位置", location_x: latitude, location_y: longitude } = bubble.extra;
  place.append(node("b", "", label), node("small", "", `${latitude}, ${longitude}`), ground);
  return bare(place);
}

function piece(article) {
  const link = anchor(article.url, "piece");
  link.dataset.testid = "article";
  if (article.cover) {
    const cover = node("img", "cover");
    cover.src = article.cover;
    cover.alt = "";
    link.append(cover);
  }
  const words = node("span", "words");
  words.append(node("b", "", article.title));
  if (article.digest) words.append(node("small", "", article.digest));
  link.append(words);
  return link;
}

function news(bubble) {
  return bare(...bubble.articles.map(piece));
}

function menu(bubble, act) {
  const said = node("div", "said");
  const items = bubble.extra.items.map((item) => choice(item.content, item.content, item.id, act, "choice whole"));
  said.append(writing(bubble.extra.head, act), ...items, writing(bubble.extra.tail, act));
  return said;
}

function notice(bubble) {
  const board = node("div", "board");
  board.append(node("b", "", "服务通知"), node("span", "", bubble.text));
  if (bubble.extra.url) {
    const link = anchor(bubble.extra.url);
    link.textContent = "查看详情";
    board.append(link);
  }
  return bare(board);
}

const KINDS = { text, image, video, shortvideo: video, voice, location, news, menu, notice };

export function row(bubble, name, act) {
  const made = node("li", bubble.kind === "news" ? "row card" : "row");
  made.dataset.testid = "bubble";
  made.dataset.from = bubble.from;
  made.dataset.how = bubble.how;
  made.dataset.kind = bubble.kind;
  if (bubble.from !== "system" && bubble.kind !== "news") {
    const avatar = node("span", `avatar ${bubble.from}`, bubble.from === "me" ? name : "");
    if (bubble.from === "account") avatar.append(icon("shield"));
    avatar.setAttribute("aria-hidden", "true");
    made.append(avatar);
  }
  made.append((KINDS[bubble.kind] || text)(bubble, act));
  return made;
}

export function stamp(at, before, now) {
  if (before && new Date(at) - new Date(before) < FIVE_MINUTES) return null;
  const day = at.slice(0, 10) === now.slice(0, 10) ? "" : `${Number(at.slice(5, 7))}月${Number(at.slice(8, 10))}日 `;
  return node("li", "when", day + at.slice(11, 16));
}
