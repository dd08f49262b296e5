// Sorting and filtering. The page is complete without this; every control is made here, so that none is there in vain.
"use strict";
(() => {
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // What a cell sorts by: its number if it is one ("1,234", "98.7%", "1.2 k"), else its text.
  const units = { k: 1e3, M: 1e6, G: 1e9 };
  const key = (cell) => {
    const text = cell.textContent.trim();
    const number = text.replaceAll(",", "").match(/^[<>]?\s*(-?[\d.]+)\s*([kMG])?\s*%?$/);
    return number ? Number(number[1]) * (units[number[2]] ?? 1) : text;
  };
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });

  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (!head.textContent.trim()) return;
      const button = make("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        // Numbers begin with the largest, words with the first.
        const before = head.getAttribute("aria-sort");
        const down = before ? before === "ascending" : head.classList.contains("n");
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row) => [key(row.cells[column]), row]);
        rows.sort(([a], [b]) => (down ? compare(b, a) : compare(a, b)));
        body.append(...rows.map(([, row]) => row));
      });
    });
  }

  for (const table of document.querySelectorAll("table.filterable")) {
    const box = make("input", { type: "search", placeholder: "Filter rows" });
    box.setAttribute("aria-label", "Filter rows");
    table.parentElement.before(make("div", { className: "controls" }, box));
    box.addEventListener("input", () => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of table.tBodies[0].rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
    });
  }

  for (const commands of document.querySelectorAll("pre.commands")) {
    const button = make("button", { type: "button" }, "Copy");
    const box = make("div", { className: "commands-box" });
    commands.replaceWith(box);
    box.append(commands, button);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(commands.textContent);
        button.textContent = "Copied";
      } catch {
        // Not allowed for this page: select it for the keyboard.
        getSelection().selectAllChildren(commands);
        button.textContent = "Selected";
      }
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
  }

  const list = document.querySelector(".findings");
  const findings = list ? [...list.querySelectorAll(".finding")] : [];
  if (findings.length > 1) {
    const choice = (label, values) => {
      const unique = [...new Set(values)].filter(Boolean).sort();
      const select = make("select", {}, make("option", { value: "" }, label));
      select.append(...unique.map((value) => make("option", { value }, value)));
      select.setAttribute("aria-label", label);
      select.hidden = unique.length < 2;
      return select;
    };
    const data = (name) => findings.map((finding) => finding.dataset[name]);
    const search = make("input", { type: "search", placeholder: "Filter findings: rule, function, instruction…" });
    search.setAttribute("aria-label", "Filter findings");
    const severity = choice("any severity", data("severity"));
    const rule = choice("any rule", data("rule"));
    const arch = choice("any architecture", data("arch"));
    const compiler = choice("any compiler", data("compilers").flatMap((names) => names.split("\n")));
    const order = make("select");
    for (const [value, label] of [["", "gravest first"], ["seen", "most often seen first"], ["first", "newest first"]]) {
      order.append(make("option", { value }, label));
    }
    order.setAttribute("aria-label", "Order");
    const all = make("button", { type: "button" }, "Open all");
    const count = make("span");
    count.setAttribute("role", "status");

    const texts = new Map();
    const text = (finding) => {
      if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase());
      return texts.get(finding);
    };
    const apply = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const finding of findings) {
        const d = finding.dataset;
        const fits = (!severity.value || d.severity === severity.value) && (!rule.value || d.rule === rule.value) &&
          (!arch.value || d.arch === arch.value) &&
          (!compiler.value || d.compilers.split("\n").includes(compiler.value)) &&
          words.every((word) => text(finding).includes(word));
        finding.hidden = !fits;
        shown += fits;
      }
      count.textContent = shown === findings.length ? `${shown} findings` : `${shown} of ${findings.length}`;
    };
    const sort = () => {
      const by = order.value;
      const sorted = [...findings];
      if (by === "seen") sorted.sort((a, b) => b.dataset.seen - a.dataset.seen);
      if (by === "first") sorted.sort((a, b) => b.dataset.first.localeCompare(a.dataset.first));
      list.append(...sorted);
    };
    search.addEventListener("input", apply);
    for (const select of [severity, rule, arch, compiler]) select.addEventListener("change", apply);
    order.addEventListener("change", sort);
    all.addEventListener("click", () => {
      const open = all.textContent === "Open all";
      for (const finding of findings) finding.open = open && !finding.hidden;
      all.textContent = open ? "Close all" : "Open all";
    });
    list.before(make("div", { className: "controls" }, search, severity, rule, arch, compiler, order, all, count));
    apply();
  }

  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", openTarget);
  openTarget();
})();
