/* What a page gains where scripts run; every page is complete without them.
 *
 * 1. A link with data-panel opens in place, below its sentence, its table row or its chart. Inside an
 *    open panel such a link replaces the panel. Escape or Close closes it and gives the focus back.
 * 2. Arrow keys move between the cells of table[data-grid].
 * 3. After a refused form the list of problems has the focus.
 *
 * htmx fetches the parts, so that the server can tell a part from a page by its HX-Request header.
 */
"use strict";

(() => {
  const words = document.body.dataset;
  const progress = document.getElementById("progress");

  /* --- 1. panels ---------------------------------------------------------------------------------- */

  const opener = new WeakMap(); // panel -> the link that opened it
  let panelsMade = 0;

  const hasOwnPurpose = (event) =>
    event.defaultPrevented || event.button > 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;

  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close-panel]");
    if (close) {
      closePanel(close.closest(".opening"));
      return;
    }
    const link = event.target.closest("a[data-panel]");
    if (!link || !window.htmx || hasOwnPurpose(event)) return;
    const around = link.closest(".opening");
    // On the full page of an opening its links lead to other full pages.
    if (around && !opener.has(around)) return;
    event.preventDefault();
    if (around) {
      fill(around, link);
    } else if (link.getAttribute("aria-expanded") === "true") {
      closePanel(document.getElementById(link.getAttribute("aria-controls")));
    } else {
      fill(makePanel(link), link);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const panel = event.target.closest(".opening") || openPanelOf(event.target);
    if (panel && opener.has(panel)) closePanel(panel);
  });

  function openPanelOf(element) {
    const id = element.getAttribute && element.getAttribute("aria-expanded") === "true" && element.getAttribute("aria-controls");
    return id ? document.getElementById(id) : null;
  }

  function makePanel(link) {
    const beside = link.closest("tr, [data-panel-place], p, li, dl, h1, h2, h3, table") || link;
    // A column is too narrow for a panel: it opens below all columns. A row keeps its panel to itself.
    const place = beside.matches("tr") ? beside : beside.closest(".grid") || beside;
    // One panel below a sentence at a time: a second figure of the same sentence takes its place.
    const before = place.nextElementSibling;
    const standing = before && (before.matches(".opening") ? before : before.querySelector(":scope > td > .opening"));
    if (standing && opener.has(standing)) closePanel(standing, { refocus: false });

    const panel = document.createElement("section");
    panel.className = "opening opening-in-place";
    panel.id = `panel-${(panelsMade += 1)}`;
    panel.tabIndex = -1;
    panel.setAttribute("aria-label", link.getAttribute("aria-label") || link.textContent.trim());
    opener.set(panel, link);
    const table = link.closest(".table-scroll");
    if (table) table.classList.add("has-opening");
    if (place.matches("tr")) {
      const row = document.createElement("tr");
      const cell = document.createElement("td");
      row.className = "opening-row";
      cell.colSpan = [...place.cells].reduce((sum, one) => sum + one.colSpan, 0);
      cell.append(panel);
      row.append(cell);
      place.after(row);
    } else if (place.matches("li")) {
      place.append(panel);
    } else {
      place.after(panel);
    }
    link.setAttribute("aria-expanded", "true");
    link.setAttribute("aria-controls", panel.id);
    return panel;
  }

  function fill(panel, link) {
    const address = link.getAttribute("href");
    const before = panel.firstElementChild;
    progress.textContent = words.wordOpening;
    panel.setAttribute("aria-busy", "true");
    const finish = () => {
      progress.textContent = "";
      panel.removeAttribute("aria-busy");
      if (panel.firstElementChild === before) {
        // The part did not come: the full page can say why.
        window.location.assign(address);
        return;
      }
      panel.prepend(closeButton());
      panel.focus({ preventScroll: true });
      panel.scrollIntoView({ block: "nearest" });
    };
    window.htmx.ajax("GET", address, { target: panel, source: panel, swap: "innerHTML" }).then(finish, finish);
  }

  function closeButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet close";
    button.dataset.closePanel = "";
    button.textContent = words.wordClose;
    return button;
  }

  function closePanel(panel, { refocus = true } = {}) {
    const link = opener.get(panel);
    const row = panel.closest(".opening-row");
    const table = panel.closest(".table-scroll");
    (row || panel).remove();
    if (table && !table.querySelector(".opening")) table.classList.remove("has-opening");
    if (!link) return;
    link.removeAttribute("aria-expanded");
    link.removeAttribute("aria-controls");
    if (refocus) link.focus();
  }

  /* --- 2. tables ---------------------------------------------------------------------------------- */

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  for (const table of document.querySelectorAll("table[data-grid]")) {
    const first = table.querySelector("tbody td, tbody th");
    if (first) first.tabIndex = 0;
  }

  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = event.target.closest("table[data-grid] td, table[data-grid] th");
    // Arrows keep their own meaning in whatever is typed or chosen in.
    if (!cell || event.target.matches("input, select, textarea")) return;
    const row = cell.parentElement;
    const table = row.closest("table");
    const rows = [...table.rows].filter((one) => !one.matches(".opening-row"));
    const next = rows[rows.indexOf(row) + step[0]];
    const goal = next && next.cells[Math.min(cell.cellIndex + step[1], next.cells.length - 1)];
    if (!goal || cell.cellIndex + step[1] < 0) return;
    event.preventDefault();
    for (const one of table.querySelectorAll("td[tabindex], th[tabindex]")) one.tabIndex = -1;
    const inside = goal.querySelector("a[href], button, input:not([type=hidden]), select");
    if (!inside) goal.tabIndex = 0;
    (inside || goal).focus();
  });

  /* --- 3. files over the limit are told before they are sent; the server refuses them all the same --------- */

  document.addEventListener("submit", (event) => {
    for (const input of event.target.querySelectorAll("input[type=file][data-bytes-max]")) {
      const isOver = [...input.files].some((file) => file.size > Number(input.dataset.bytesMax));
      input.setCustomValidity(isOver ? input.dataset.tooLarge : "");
      if (isOver) {
        event.preventDefault();
        input.reportValidity();
      }
    }
  });

  /* --- 4. printing: the button is there only where it works ------------------------------------------------- */

  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  /* --- 5. problems ---------------------------------------------------------------------------------- */

  const problems = document.getElementById("problems");
  if (problems) problems.focus();
})();
