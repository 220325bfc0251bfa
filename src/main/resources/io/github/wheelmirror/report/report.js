// Makes tables filter and sort, and tells ages as of today. Without it all pages can be read.
"use strict";
(() => {
  const ages = () => {
    for (const each of document.querySelectorAll("[data-since]")) {
      const minutes = Math.floor((Date.now() - Date.parse(each.dataset.since)) / 60000);
      if (minutes >= 0) {
        const hours = Math.floor(minutes / 60);
        each.textContent = "(" + (minutes < 120 ? minutes + " min" : hours < 48 ? hours + " h"
          : Math.floor(hours / 24) + " days") + " ago)";
      }
    }
  };

  // digits count as numbers, a pre-release comes before its release
  const versions = new Intl.Collator("en", {numeric: true});
  const asVersion = (text) => text.replace(/(\d)(a|b|rc|\.dev)/, "$1!$2") + "~";
  // what wants attention comes first
  const order = ["failed", "unsatisfiable", "to build", "to mirror", "to reuse", "wanted", "built",
    "reused", "mirrored", "upstream", "excluded", "n/a", "–"];
  const rank = new Map(order.map((word, place) => [word, place]));
  const lacking = new Set(["failed", "unsatisfiable"]);

  const table = (pins) => {
    const body = pins.tBodies[0];
    const heads = Array.from(pins.tHead.rows[0].cells);
    const rows = Array.from(body.rows, (row, place) => ({
      row, place, texts: Array.from(row.cells, (cell) => cell.textContent), shown: true,
    }));
    const compare = (column) => {
      if (heads[column].dataset.target) {
        return (one, other) => rank.get(one.texts[column]) - rank.get(other.texts[column]);
      }
      if (heads[column].dataset.kind === "version") {
        return (one, other) =>
          versions.compare(asVersion(one.texts[column]), asVersion(other.texts[column]));
      }
      return (one, other) => (one.texts[column] < other.texts[column] ? -1
        : one.texts[column] > other.texts[column] ? 1 : 0);
    };
    const sort = (column) => {
      const down = heads[column].getAttribute("aria-sort") === "ascending";
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
      const by = compare(column);
      rows.sort((one, other) => (down ? by(other, one) : by(one, other)) || one.place - other.place);
      body.append(...rows.map((each) => each.row));
    };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sort(column));
      head.replaceChildren(button);
    });
    heads[0].setAttribute("aria-sort", "ascending");
    return {rows, heads};
  };

  const filter = (form, {rows, heads}) => {
    const {text, state, target} = form.elements;
    const count = form.querySelector("output");
    const apply = () => {
      const words = text.value.trim().toLowerCase().split(/\s+/);
      const columns = heads.flatMap((head, column) =>
        head.dataset.target && (!target.value || head.dataset.target === target.value)
          ? [column] : []);
      const fits = (word) => !state.value
        || (state.value === "lacking" ? lacking.has(word) : word === state.value);
      const wanted = state.value || target.value;
      let shown = 0;
      for (const each of rows) {
        const name = each.texts[0] + " " + each.texts[1];
        const show = words.every((word) => name.includes(word))
          && (!wanted || columns.some((column) =>
            each.texts[column] !== "–" && fits(each.texts[column])));
        shown += show;
        if (show !== each.shown) {
          each.row.hidden = !show;
          each.shown = show;
        }
      }
      count.textContent = shown === rows.length ? shown + " pins" : shown + " of " + rows.length + " pins";
    };
    const fromLink = () => {
      const wanted = new URLSearchParams(location.hash.slice(1)).get("lacking");
      if (wanted !== null) {
        state.value = "lacking";
        target.value = wanted;
        apply();
      }
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    window.addEventListener("hashchange", fromLink);
    form.hidden = false;
    fromLink();
    // what a browser kept of an earlier visit
    if (text.value || state.value || target.value) {
      apply();
    }
  };

  const pins = document.querySelector("table[data-sort]");
  if (pins) {
    filter(document.querySelector("form.filter"), table(pins));
  }
  ages();

  // what fits its place does not scroll and is no stop for the keyboard
  const stops = () => {
    for (const each of document.querySelectorAll(".scroll")) {
      const scrolls = each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight;
      if (scrolls) {
        each.setAttribute("tabindex", "0");
      } else {
        each.removeAttribute("tabindex");
      }
    }
  };
  stops();
  window.addEventListener("resize", stops);
})();
