"use strict";
// The page of one offer: shows what stands in it, then loads its description and asks who sells it.
const { data, global } = window.context.result;
const { offerDetail, sellerModel, tradeModel } = global.globalData.model;

function gallery(images) {
  const large = el("img", { class: "large", alt: "", ...(images.length ? { src: images[0] } : {}) });
  return el("div", { class: "gallery" }, large,
    el("div", { class: "small" }, ...images.slice(1).map((src) => el("img", { src, alt: "" }))));
}

function ladder() {
  const rungs = tradeModel.offerPriceModel.currentPrices;
  return el("div", { class: "ladder" }, ...rungs.map(({ beginAmount, price }) =>
    el("div", {}, `¥${price}`, el("small", {}, `≥${beginAmount}${tradeModel.unit}`))));
}

function facts() {
  const rows = offerDetail.featureAttributes.map(({ name, value }) => el("tr", {}, el("td", {}, name), el("td", {}, value)));
  return el("div", {},
    el("h1", {}, data.productTitle.fields.title),
    ladder(),
    el("div", { class: "sales" }, tradeModel.saleCount === undefined ? "" : `已售${tradeModel.saleCount}${tradeModel.unit}`),
    el("div", { class: "sales" }, `库存${tradeModel.canBookedAmount}${tradeModel.unit}`),
    el("div", { class: "seller" }, el("a", { href: sellerModel.winportUrl }, sellerModel.companyName)),
    el("table", {}, ...rows));
}

// Only the pictures of a description are wanted; its HTML is parsed where no script runs.
function description(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const sources = [...parsed.images].map((image) => image.getAttribute("src"));
  return el("div", { class: "description" }, ...sources.map((src) => el("img", { src, alt: "" })));
}

show(el("div", { class: "item" }, gallery(data.gallery.fields.offerImgList), facts()));
const script = el("script", { src: data.description.fields.detailUrl });
script.onload = () => {
  const nodes = description(window.offer_details.content);
  if (nodes.childElementCount) document.getElementById("root").append(nodes);
};
document.head.append(script);
mtop.ask("mtop.1688.moga.pc.shopcard", "1.0", { memberId: sellerModel.memberId }).catch(() => {});
