"use strict";
// What the scripts of all pages share.
const BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    target.src = target.dataset.src;
    seen.unobserve(target);
  }
}, { rootMargin: "200px" });

// A picture that is loaded when it comes near.
function picture(address) {
  const image = el("img", { src: BLANK, alt: "" });
  if (address) {
    image.dataset.src = address;
    seen.observe(image);
  }
  return image;
}

// A title comes as HTML of one kind only: escaped text, with one tag, `<span class=H>`, around the words that were found.
function marked(html, tag, style) {
  const entities = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
  const name = tag.split(" ")[0];
  return html.split(new RegExp(`(<${tag}>[^<]*</${name}>)`)).map((part) => {
    const found = part.match(new RegExp(`^<${tag}>([^<]*)</${name}>$`));
    const text = (found ? found[1] : part).replace(/&(lt|gt|amp);/g, (entity) => entities[entity]);
    return found ? el("span", { class: style }, text) : text;
  });
}

// Every text becomes a text node: nothing that a seller wrote is ever read as HTML.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function show(...nodes) {
  document.getElementById("root").replaceChildren(...nodes);
}

function notice(text) {
  return el("div", { class: "notice" }, text);
}
