"use strict";
// The site's own button for the next page.
function pager(page, totalPage, turn) {
  const next = el("button", { class: "next-btn next-medium next-btn-normal next-pagination-item next-next" }, "下一页");
  next.disabled = page >= totalPage;
  next.addEventListener("click", () => {
    next.disabled = true;
    turn(page + 1);
  });
  return el("div", { class: "next-pagination" }, el("span", { class: "next-pagination-display" }, `${page}/${totalPage}`), next);
}
