"use strict";
// The result page: asks for offers, shows them, and turns pages by its own arrow.
const API = ["mtop.relationrecommend.wirelessrecommend.recommend", "2.0"];
const PAGE_SIZE = 60;
const MAX_PAGES = 34;
const state = JSON.parse(document.getElementById("state").textContent);
const asked = new URLSearchParams(location.search);
document.title = `${state.keyword}批发价格、${state.keyword}厂家 - 阿里巴巴`;
document.querySelector("input[name=keywords]").value = state.keyword;

function request(page) {
  const params = {
    method: "getOfferList", keywords: state.keywords, beginPage: String(page), pageSize: PAGE_SIZE, pageId: state.pageId,
    sortType: asked.get("sortType") || "normal", descendOrder: asked.get("descendOrder") || "true",
  };
  for (const name of ["priceStart", "priceEnd"]) if (asked.get(name)) params[name] = asked.get(name);
  return { appId: "32517", params: JSON.stringify(params) };
}

function card({ data: offer }) {
  return el("a", { class: "card", href: offer.linkUrl, target: "_blank" },
    picture(offer.list && offer.list.cover.pic),
    el("div", { class: "title" }, ...marked(offer.title, "font color=red", "H")),
    el("div", { class: "price" }, `¥${offer.priceInfo.price} `, el("small", {}, `${offer.quantityBegin}件起批`)),
    el("div", { class: "sales" }, offer.afterPrice ? offer.afterPrice.text : ""),
    el("div", { class: "place" }, `${offer.province} ${offer.city}`),
    el("div", { class: "shop" }, `${offer.shop.text} ${offer.shop.tpYear}年`,
      ...(offer.isP4P === "true" ? [el("span", { class: "ad" }, "广告")] : [])));
}

function arrow(page, isLast) {
  const next = el("a", { class: `fui-arrow fui-next${isLast ? " fui-disabled" : ""}` }, "下一页");
  if (!isLast) next.addEventListener("click", () => turn(page + 1), { once: true });
  return next;
}

function pager(page, { found, hasMore }) {
  const pages = Math.min(Math.ceil(Number(found) / PAGE_SIZE), MAX_PAGES);
  return el("div", { class: "fui-paging" },
    el("span", { class: "fui-paging-list" }, el("a", { class: "fui-current" }, String(page)), " ",
      arrow(page, hasMore !== "true")),
    el("span", {}, "共", el("em", { class: "fui-paging-num" }, String(pages)), "页"));
}

function render(page, offers) {
  scrollTo(0, 0);
  const cards = offers.items.filter((item) => item.cellType === "smart_ui_offer").map(card);
  const grid = el("div", { class: "grid" }, ...cards);
  if (offers.found !== "0") return show(grid, pager(page, offers));
  const text = `没有找到与“${state.keyword}”相关的货源`;
  return cards.length ? show(notice(`${text}，为您推荐以下货源`), grid) : show(notice(text));
}

async function turn(page) {
  try {
    const answer = await mtop.ask(...API, request(page), { name: "reqTppId_32517_getOfferList" });
    render(page, answer.data.OFFER);
  } catch (error) {
    show(notice(error.message));
  }
}

turn(state.beginPage);
// The page's other call of the same name, which brings no offers.
const filters = { method: "getFilterList", keywords: state.keywords, pageId: state.pageId };
mtop.ask(...API, { appId: "32517", params: JSON.stringify(filters) }, { name: "reqTppId_32517_getFilterList" }).catch(() => {});
