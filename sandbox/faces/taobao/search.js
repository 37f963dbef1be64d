"use strict";
// The result page: asks for goods, shows them, and turns pages by its own button.
const API = ["mtop.relationrecommend.wirelessrecommend.recommend", "2.0"];
const SORTS = { "sale-desc": "_sale", "price-asc": "bid", "price-desc": "_bid" };
const asked = new URLSearchParams(location.search);

// The real page forgets the number of the page it was opened with.
if (asked.has("page") && asked.get("page") !== "1") {
  asked.set("page", "1");
  history.replaceState(null, "", `?${asked}`);
}
const query = asked.get("q") || "";
document.title = `${query}_淘宝搜索`;
document.querySelector("input[name=q]").value = query;

function request(page) {
  const [, low, high] = (asked.get("filter") || "").match(/reserve_price\[([\d.]*),([\d.]*)\]/) || [];
  const params = {
    q: query, page, n: 48, tab: asked.get("tab") || "all", sort: SORTS[asked.get("sort")] || "_coefp",
    start_price: low || "", end_price: high || "",
  };
  return { appId: "34385", params: JSON.stringify(params) };
}

function price({ unit, price: amount }) {
  const [whole, decimals] = amount.split(".");
  const nodes = [el("span", {}, unit), " ", el("span", { class: "int" }, whole)];
  return el("div", { class: "price" }, ...nodes, ...(decimals ? [el("span", {}, `.${decimals}`)] : []));
}

// The order of a card's texts: title, price, deals, place, tags, shop.
function card(item) {
  return el("a", { class: "card", id: `item_id_${item.item_id}`, href: item.auctionURL, target: "_blank" },
    picture(item.pic_path),
    el("div", { class: "title" }, ...marked(item.title, "span class=H", "H")),
    price(item.priceShow),
    el("div", { class: "sales" }, item.realSales),
    el("div", { class: "place" }, ...item.procity.split(" ").map((part) => el("span", {}, `${part} `))),
    el("div", { class: "tag" }, "包邮", ...item.icons.map((icon) => ` ${icon.text}`)),
    el("div", { class: "shop" }, item.shopInfo.title, ...(item.isP4P === "true" ? [el("span", { class: "ad" }, "广告")] : [])));
}

function grid(items) {
  return el("div", { class: "grid" }, ...items.map(card));
}

function render({ itemsArray: items, mainInfo: totals }) {
  scrollTo(0, 0);
  if (items.length && totals.totalResults !== "0") return show(grid(items), pager(Number(totals.page), Number(totals.totalPage), turn));
  const text = `没有找到与“${query}”相关的宝贝`;
  return items.length ? show(notice(`${text}，看看这些吧`), grid(items)) : show(notice(text));
}

async function turn(page) {
  try {
    render(await mtop.ask(...API, request(page)));
  } catch (error) {
    show(notice(error.message));
  }
}

turn(1);
// The page's other call of the same name, which brings no goods.
mtop.ask(...API, { appId: "32517", params: "{}" }).catch(() => {});
