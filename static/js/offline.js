// Reading without a network, for whoever asks for it (decision 0020). Until the button is pressed nothing is registered
// and nothing is stored; the other button takes everything away. Without this script neither button is shown.

const KEPT = "utan-nat";
const SCOPE = "/";
const panel = document.querySelector("[data-offline]");
const { fetched } = document.documentElement.dataset;

if (fetched) {
  const banner = document.querySelector("[data-offline-banner]");
  const when = document.createElement("time");
  when.dateTime = fetched;
  when.textContent = new Date(fetched).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  banner.firstElementChild.append(" ", when);
  banner.hidden = false;
}

if (panel && "serviceWorker" in navigator && "caches" in window) {
  const [keep, forget] = panel.querySelectorAll("button");
  const told = panel.querySelector("[role=status]");
  const here = panel.dataset.offline || location.pathname + location.search;

  const show = async () => {
    const isKept = Boolean(await caches.has(KEPT)) && Boolean(await (await caches.open(KEPT)).match(here));
    keep.hidden = isKept;
    forget.hidden = !(await caches.has(KEPT));
  };

  const keepHere = async () => {
    const answer = await fetch(here);
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    const html = (await answer.text()).replace("<html ", `<html data-fetched="${new Date().toISOString()}" `);
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=icon], script[src]")];
    const kept = await caches.open(KEPT);
    await kept.addAll([...new Set(parts.map((part) => part.href ?? part.src))]);
    await kept.put(here, new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } }));
    await navigator.serviceWorker.register(panel.dataset.worker, { scope: SCOPE });
    await navigator.serviceWorker.ready;
  };

  const forgetAll = async () => {
    await caches.delete(KEPT);
    for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
  };

  const press = (button, action) =>
    button.addEventListener("click", async () => {
      try {
        await action();
        told.textContent = button.dataset.done;
      } catch {
        told.textContent = button.dataset.failed;
      }
      await show();
      if (button.hidden) (keep.hidden ? forget : keep).focus();
    });

  press(keep, keepHere);
  press(forget, forgetAll);
  // The panel takes its place while the page is made. Coming later, it would move what somebody is about to press.
  panel.hidden = keep.hidden = false;
  show();
}
