// Comforts for those who have scripts. Everything works without them. Nothing that is written is ever kept in the
// browser's storage.
(() => {
  "use strict";
  const POLL_MS = 15000;
  let sent = null;
  const byId = (id) => document.getElementById(id);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const touch = matchMedia("(pointer: coarse)");

  const showNewest = (smooth) => {
    byId("nu")?.scrollIntoView({ block: "start", behavior: smooth && !calm.matches ? "smooth" : "auto" });
  };

  // The pressed button is gone after a turn. A field for words takes the focus, since writing is what comes next;
  // otherwise the newest bubble does: on a button or a box the next stray Enter would answer for the person.
  const focusNewest = () => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const field = byId("dock")?.querySelector("[data-kept]") ?? byId("answer")?.querySelector("#text");
    (field ?? byId("nu"))?.focus({ preventScroll: true });
  };

  const trouble = (shown, status) => {
    const box = byId("trouble");
    if (!box) return;
    box.hidden = !shown;
    if (!shown) return;
    const old = status === 401 || status === 403;
    box.querySelector(".alert-text").textContent = old
      ? "Du er logget ud. Log ind i et nyt vindue. Din tekst står her stadig."
      : "Prøv igen om lidt. Din tekst står her stadig.";
    box.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id === "news") return;
    trouble(false);
    showNewest(true);
    focusNewest();
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.elt.id !== "news") trouble(true, event.detail.xhr.status);
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (event.detail.elt.id !== "news") trouble(true, 0);
  });

  // Enter sends, Shift+Enter makes a new line. On a telephone Enter is the only way to a new line.
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key === "Escape") document.querySelectorAll("details.menu[open]").forEach((menu) => { menu.open = false; });
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch.matches) return;
    if (field instanceof HTMLTextAreaElement && field.dataset.enter === "send") {
      event.preventDefault();
      field.form.requestSubmit();
    }
  });

  // "None of these" clears the rest, and the rest clears it; at the limit the others wait.
  document.addEventListener("change", (event) => {
    const box = event.target;
    const group = box.closest?.("fieldset");
    if (!group || box.type !== "checkbox") return;
    const all = [...group.querySelectorAll("input[type=checkbox]")];
    if (box.checked) all.forEach((other) => {
      if (other !== box && ("alone" in box.dataset || "alone" in other.dataset)) other.checked = false;
    });
    const full = all.filter((other) => other.checked).length >= Number(group.dataset.max || Infinity);
    all.forEach((other) => { other.disabled = full && !other.checked && !("alone" in other.dataset); });
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target) || event.target.closest("button")) menu.open = false;
    });
    if (event.target.closest?.("[data-print]")) window.print();
    const use = event.target.closest?.("[data-use]");
    if (use) {
      const field = byId(use.dataset.use);
      field.value = use.parentElement.querySelector("[data-ready]").textContent;
      field.focus();
    }
    // «Gem» in the warning: what stands in the open field is sent as the answer first, since only answers are stored.
    const words = byId("text");
    if (event.target.closest?.("[data-save]") && event.target.closest("button") && words?.value.trim() && words.form) {
      event.preventDefault();
      words.form.requestSubmit();
      event.target.closest("[data-save]").remove();
    }
    const stay = event.target.closest?.("[data-stay]");
    if (!stay) return;
    event.preventDefault();
    fetch("/chat", { credentials: "same-origin" }).then(() => stay.closest(".news")?.remove());
  });

  // Signed out while writing: the same form again without htmx gives the page that signs in and takes the words along.
  document.addEventListener("htmx:responseError", (event) => {
    const form = event.detail.elt.closest?.("form") ?? event.detail.requestConfig?.elt;
    if (event.detail.xhr.status !== 401 || !(form instanceof HTMLFormElement)) return;
    if (new FormData(form).get("say") || new FormData(form).get("text") || new FormData(form).get("note")) form.submit();
  });

  // A plain form with words in it goes when the server answers: the browser's own page about a server that is away
  // would take the words with it.
  const ANSWER_MS = 8000;
  let goes = null;
  document.addEventListener("submit", (event) => {
    const form = event.target, presser = event.submitter;
    const plain = form.method === "post" && !form.hasAttribute("hx-post") && form.closest("main");
    if (!plain || goes === form || ![...form.querySelectorAll("textarea")].some((field) => field.value.trim())) return;
    event.preventDefault();
    fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) }).then((answer) => {
      if (!answer.ok) throw new Error("not well");
      goes = form;
      form.requestSubmit(presser);
    }).catch(() => {
      form.append(byId("trouble"));
      trouble(true, 0);
    });
  });

  // A page with several forms: words in one are not lost by pressing in another or by a link without being asked.
  const unsaved = () => [...document.querySelectorAll("main form[method=post] textarea")].some(
    (field) => field.form !== sent && field.value !== field.defaultValue && !field.closest("#dock, #answer"));
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) sent = event.target; });
  window.addEventListener("beforeunload", (event) => { if (unsaved()) event.preventDefault(); });

  // What is folded away on a phone belongs on the paper that a meeting reads.
  const onPaper = () => document.querySelectorAll("details[data-on-paper]");
  window.addEventListener("beforeprint", () => onPaper().forEach((one) => { one.dataset.was = one.open; one.open = true; }));
  window.addEventListener("afterprint", () => onPaper().forEach((one) => { one.open = one.dataset.was === "true"; }));

  document.addEventListener("DOMContentLoaded", () => {
    sessionStorage.removeItem("htmx-current-path-for-history"); // htmx writes it even with its history switched off
    document.querySelectorAll("[data-print], [data-use]").forEach((button) => { button.hidden = false; });
    byId("refused")?.focus();
    if (byId("nu") && byId("turns").children.length > 1) showNewest(false);
    setInterval(() => {
      if (!document.hidden && byId("news")) window.htmx.trigger("#news", "poll");
    }, POLL_MS);
  });
})();
