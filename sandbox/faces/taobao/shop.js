"use strict";
// A shop's page: asks for all its goods, 30 at a time, and turns pages by its own button.
const API = ["com.taobao.search.api.getshopitemlist", "2.0"];
const PAGE_SIZE = 30;
const { shopId } = JSON.parse(document.getElementById("state").textContent);
const domain = location.hostname.endsWith("tmall.com") ? "detail.tmall.com" : "item.taobao.com";

function card(item) {
  return el("a", { class: "card", href: `//${domain}/item.htm?id=${item.auctionId}`, target: "_blank" },
    picture(item.picUrl),
    el("div", { class: "title" }, item.title),
    el("div", { class: "price" }, "¥ ", el("span", { class: "int" }, item.salePrice)),
    el("div", { class: "sales" }, item.totalSoldQuantity ? `已售 ${item.totalSoldQuantity}` : ""));
}

function render({ shopTitle, totalResults, currentPage, itemsArray: items }) {
  scrollTo(0, 0);
  document.title = `首页-${shopTitle}`;
  const pages = Math.max(1, Math.ceil(Number(totalResults) / PAGE_SIZE));
  const head = notice(`${shopTitle} · 全部宝贝 ${totalResults}`);
  show(head, el("div", { class: "grid" }, ...items.map(card)), pager(Number(currentPage), pages, turn));
}

async function turn(page) {
  try {
    render(await mtop.ask(...API, { shopId, currentPage: String(page), pageSize: String(PAGE_SIZE), sort: "hotsell" }));
  } catch (error) {
    show(notice(error.message));
  }
}

turn(1);
