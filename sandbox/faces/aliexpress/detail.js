"use strict";
// The page of one article: asks for its modules, then for its description. Class names end in a hash, as the site's do.
const id = location.pathname.match(/(\d+)\.html$/)[1];

function gallery(images) {
  const large = el("img", { class: "large", alt: "", ...(images.length ? { src: images[0] } : {}) });
  const small = images.slice(1).map((src) => el("img", { src: `${src}_80x80.jpg`, alt: "" }));
  return el("div", { class: "gallery" }, large, el("div", { class: "small" }, ...small));
}

function specification({ attrName, attrValue }) {
  return el("li", { class: "specification--line--Qd71bnk" },
    el("div", { class: "specification--prop--Xw83kdm" },
      el("div", { class: "specification--title--Bv20rtz" }, el("span", {}, attrName)),
      el("div", { class: "specification--desc--Pj64hsw", title: attrValue }, el("span", {}, attrValue))));
}

function store({ storeName, sellerInfo }) {
  return el("div", { class: "store-info--name--Tn55gyd" },
    el("a", { href: sellerInfo.storeURL, "data-pl": "store-name" }, storeName));
}

function facts(modules) {
  const price = el("span", { class: "price--currentPriceText--Lm39cva" }, modules.PRICE.targetSkuPriceInfo.salePriceString);
  const isSoldOut = modules.QUANTITY_PC.totalAvailableInventory === 0;
  return el("div", {},
    el("div", { class: "price--wrap--Rk07fpe", "data-pl": "product-price" }, price),
    el("h1", { "data-pl": "product-title" }, modules.PRODUCT_TITLE.text),
    ...(isSoldOut ? [notice("This item is sold out.")] : []),
    store(modules.SHOP_CARD_PC),
    el("div", { "data-pl": "product-specs" }, el("ul", {}, ...modules.PRODUCT_PROP_PC.showedProps.map(specification))));
}

// Only the pictures of a description are wanted; its HTML is parsed where no script runs.
async function description(address) {
  const html = await (await fetch(address)).text();
  const images = [...new DOMParser().parseFromString(html, "text/html").images];
  const drawn = images.map((image) => el("img", { src: image.getAttribute("src"), alt: "" }));
  return el("div", { class: "description", id: "product-description" }, ...drawn);
}

async function open() {
  try {
    const data = { productId: id, _lang: "en_US", _currency: "USD", country: "US", clientType: "pc" };
    const { result: modules } = await mtop.ask("mtop.aliexpress.pdp.pc.query", "1.0", data);
    if (modules.GLOBAL_DATA.globalData.errorCode) {
      show(notice("Sorry, the page you requested can not be found:("));
      return;
    }
    show(el("div", { class: "item" }, gallery(modules.HEADER_IMAGE_PC.imagePathList), facts(modules)));
    const pictures = await description(modules.DESC.pcDescUrl);
    if (pictures.childElementCount) document.getElementById("root").append(pictures);
  } catch (error) {
    if (!document.querySelector(".item")) show(notice(error.message));
  }
}

open();
