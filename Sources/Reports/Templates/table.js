"use strict";
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  if (rows.length < 2) continue;
  const value = (row, index) => row.cells[index].textContent.trim();
  const number = (text) => Number(text.replace(/[,%]/g, "").replace("−", "-"));
  table.tHead.querySelectorAll("th").forEach((head, index) => {
    head.tabIndex = 0;
    head.title = table.dataset.sort;
    const sort = () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      table.tHead.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const isNumber = head.classList.contains("n");
      rows.sort((left, right) => {
        const [a, b] = [value(left, index), value(right, index)];
        const order = isNumber ? number(a) - number(b) : a < b ? -1 : a > b ? 1 : 0;
        return down ? -order : order;
      });
      body.append(...rows);
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      sort();
    });
  });
  if (rows.length < 10) continue;
  const input = document.createElement("input");
  input.type = "search";
  input.className = "filter";
  input.placeholder = table.dataset.filter;
  input.setAttribute("aria-label", table.dataset.filter);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of rows) row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
  });
  table.closest("section").querySelector(".head").append(input);
}
