"use strict";
// All offers of one seller: asked for by POST, 30 at a time. A card is no link: a click opens its offer.
const API = ["mtop.alibaba.alisite.cbu.server.ModuleAsyncService", "1.0"];
const COUNT = 30;
const { memberId } = JSON.parse(document.getElementById("state").textContent);
const head = el("div", { class: "notice" });

function request(componentKey, appdata) {
  return { componentKey, params: JSON.stringify({ memberId, appdata }) };
}

function offers(pageNum) {
  const filters = { sellerRecommendFilter: false, mixFilter: false, tradenumFilter: false, quantityBegin: null };
  return request("Wp_pc_common_offerlist", { sortType: "wangpu_score", ...filters, pageNum, count: COUNT });
}

function card(offer) {
  const image = picture(offer.offerImages.length && offer.offerImages[0].imageURI);
  image.className = "main-picture";
  const [whole, decimals] = offer.offerPrice.split(".");
  const node = el("div", { class: "offer" }, image,
    el("p", { title: offer.subject }, offer.subject),
    el("div", {}, el("span", { class: "yuan" }, "¥"), el("span", { class: "int" }, whole),
      el("span", { class: "yuan" }, `.${decimals}`),
      el("span", { title: "累计销量" }, offer.vagueSaleQuantity ? `已售${offer.vagueSaleQuantity}${offer.unit}` : "")));
  node.addEventListener("click", () => open(`https://detail.1688.com/offer/${offer.id}.html`));
  return node;
}

function button(text, page, isOff) {
  const node = el("button", {}, text);
  node.disabled = isOff;
  node.addEventListener("click", () => {
    node.disabled = true;
    turn(page);
  });
  return node;
}

function render(page, { offerCount, offerList }) {
  scrollTo(0, 0);
  const pages = Math.max(1, Math.ceil(Number(offerCount) / COUNT));
  show(head, el("div", { class: "offers" }, ...offerList.map(card)),
    el("div", { class: "turn" }, button("< 上一页", page - 1, page <= 1), el("div", {}, `${page}/${pages}`),
      button("下一页 >", page + 1, page >= pages)));
}

async function turn(page) {
  try {
    render(page, (await mtop.ask(...API, offers(page), { by: mtop.post })).content);
  } catch (error) {
    show(notice(error.message));
  }
}

turn(1);
// The page's other call of the same name, which brings the shop's name and no offers.
mtop.ask(...API, request("wp_pc_common_header", {}), { by: mtop.post }).then(({ data }) => {
  head.textContent = data.companyName;
  document.title = `全部商品-${data.companyName}`;
}).catch(() => {});
