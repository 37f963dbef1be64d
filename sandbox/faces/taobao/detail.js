"use strict";
// The page of one article: asks for its tree, then for its description.
const id = new URLSearchParams(location.search).get("id");

function gallery(images) {
  const large = el("img", { class: "large", alt: "", ...(images.length ? { src: images[0] } : {}) });
  return el("div", { class: "gallery" }, large,
    el("div", { class: "small" }, ...images.slice(1).map((src) => el("img", { src, alt: "" }))));
}

function facts({ item, seller, skuCore, componentsVO }) {
  const { price } = skuCore.sku2info["0"];
  const rows = componentsVO.extensionInfoVO.infos[0].items;
  return el("div", {},
    el("h1", {}, item.title),
    el("div", { class: "price" }, `${componentsVO.priceVO.price.priceUnit}${price.priceText}${price.priceDesc || ""}`),
    ...(componentsVO.bottomBarVO ? [notice(componentsVO.bottomBarVO.text)] : []),
    el("div", { class: "shop" }, seller.shopName),
    el("table", {}, ...rows.map((row) => el("tr", {}, el("td", {}, row.title), el("td", {}, row.text.join(","))))));
}

// Only the pictures of a description are wanted; its HTML is parsed where no script runs.
function description(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const sources = [...parsed.images].map((image) => image.getAttribute("src"));
  return el("div", { class: "description" }, ...sources.map((src) => el("img", { src, alt: "" })));
}

async function open() {
  try {
    const tree = await mtop.ask("mtop.taobao.pcdetail.data.get", "1.0", { id, detail_v: "3.3.2" });
    document.title = tree.item.title;
    show(el("div", { class: "item" }, gallery(tree.item.images), facts(tree)));
    const text = await mtop.ask("mtop.taobao.detail.getdesc", "7.0", { id });
    const nodes = description(text.components.componentData.desc_richtext_pc.model.text);
    if (nodes.childElementCount) document.getElementById("root").append(nodes);
  } catch (error) {
    if (!document.querySelector(".item")) show(notice(error.message));
  }
}

open();
