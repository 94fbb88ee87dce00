// «Skjul», or Esc twice: everything is gone from the screen at once, and stays gone in this tab until somebody presses
// «Videre»: also on the page before, on the next one and after a reload. This stands in the head without defer, so that
// a covered page is never painted. One word in the tab's own storage says that it is covered; nothing else is kept.
(() => {
  "use strict";
  const KEY = "skjult";
  const root = document.documentElement;
  const neutral = "neutral" in root.dataset; // the page that «Skjul» is a link to, which says nothing anyway
  let title = null;
  let leaving = false;
  let escaped = 0;

  // A browser may refuse its storage. Then the page itself is covered all the same.
  const flag = (act) => {
    try { return act(sessionStorage); } catch { return null; }
  };
  const hidden = () => flag((kept) => kept.getItem(KEY)) !== null;

  const rest = () => [...document.body.children].filter((one) => !one.matches(".cover"));

  const uncover = () => {
    flag((kept) => kept.removeItem(KEY));
    document.querySelector(".cover")?.remove();
    rest().forEach((one) => { one.inert = false; });
    root.classList.remove("covered");
    if (title !== null) document.title = title;
    title = null;
  };

  const draw = () => {
    if (!document.body || document.querySelector(".cover")) return;
    const cover = document.createElement("div");
    cover.className = "cover";
    const on = document.createElement("button");
    on.textContent = "Videre";
    on.addEventListener("click", uncover);
    rest().forEach((one) => { one.inert = true; });
    cover.append(on);
    document.body.append(cover);
  };

  const cover = () => {
    root.classList.add("covered");
    title ??= document.title;
    document.title = "Ny side";
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", draw, { once: true });
    else draw();
  };

  // What was typed stays where it is, unseen. On a shared computer the link is followed instead, and signs out.
  const hide = (link) => {
    flag((kept) => kept.setItem(KEY, "ja"));
    cover();
    if (!("shared" in link.dataset)) return;
    leaving = true;
    location.replace(link.href);
  };

  document.addEventListener("keydown", (event) => {
    const link = document.querySelector("[data-hide]");
    if (event.key !== "Escape" || !link || root.classList.contains("covered")) return;
    if (event.timeStamp - escaped < 700) hide(link);
    escaped = event.timeStamp;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-uncover]")) uncover();
    const link = event.target.closest?.("[data-hide]");
    if (!link) return;
    event.preventDefault();
    hide(link);
  });

  // Hiding on a shared computer never waits for an answer about words that are not sent.
  window.addEventListener("beforeunload", (event) => { if (leaving) event.stopImmediatePropagation(); });

  // A page that the browser keeps whole for «Tilbage» is put away hidden, so that it can't flash before we have asked.
  window.addEventListener("pagehide", (event) => { if (event.persisted && !neutral) root.classList.add("covered"); });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted || neutral) return;
    if (hidden()) cover();
    else uncover();
  });

  if (neutral) flag((kept) => kept.setItem(KEY, "ja"));
  else if (hidden()) cover();
})();
