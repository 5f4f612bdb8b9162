"use strict";
(() => {
  const norm = (text) => text.trim().toLowerCase();
  const fits = (finding, want) => {
    const [rule, agency, month, level, kind, running, doubt] = finding.split("|");
    if (want.rule && rule !== want.rule) return false;
    if (want.agency && agency !== want.agency) return false;
    if (want.month && (!month.startsWith(want.month) || kind !== "breach")) return false;
    if (!want.level) return true;
    if (want.level === "breach" || want.level === "warning") return kind === want.level;
    if (want.level === "running") return running === "running";
    if (want.level === "doubt") return doubt === "doubt";
    return level === want.level && kind === "breach";
  };
  const keys = {
    gravity: (card) => Number(card.dataset.order),
    late: (card) => -Number(card.dataset.late),
    case: (card) => card.dataset.case,
    agency: (card) => card.querySelector(".who").textContent,
  };
  const apply = (form) => {
    const want = Object.fromEntries(new FormData(form));
    const list = document.querySelector(`.cases[data-section="${form.dataset.for}"]`);
    const cards = [...list.children];
    const key = keys[want.sort] || keys.gravity;
    cards.sort((a, b) => {
      const one = key(a), other = key(b);
      return typeof one === "number" ? one - other : one.localeCompare(other, "zh-CN");
    });
    list.append(...cards);
    let shown = 0, findings = 0;
    for (const card of cards) {
      const hits = card.dataset.findings.split("\n").filter((one) => fits(one, want)).length;
      const is = hits > 0 && (!want.text || norm(card.dataset.case).includes(norm(want.text)));
      card.hidden = !is;
      shown += is;
      findings += is ? hits : 0;
    }
    form.querySelector("output").textContent = `${shown} / ${cards.length} 件 · ${findings} 项`;
    list.nextElementSibling.hidden = shown > 0;
  };
  for (const form of document.querySelectorAll("form.filter")) {
    form.hidden = false;
    form.addEventListener("input", () => apply(form));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => apply(form)));
    apply(form);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-drill]");
    if (!link) return;
    const form = document.querySelector(`form.filter[data-for="${link.dataset.drill}"]`);
    if (!form) return;
    event.preventDefault();
    form.reset();
    for (const name of ["rule", "agency", "month", "level"]) {
      if (form.elements[name]) form.elements[name].value = link.dataset[name] || "";
    }
    apply(form);
    form.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    form.querySelector("select").focus({ preventScroll: true });
  });
  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    target.hidden = false;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => document.querySelectorAll("details.judged").forEach((one) => { one.open = true; }));
  reveal();
})();
