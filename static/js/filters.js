// Filters without a whole new page: the same address is fetched and its main part put in place. Without this script the
// form is sent and the links are followed, to the very same addresses.

// An empty field asks for nothing, so it need not stand in the address.
document.addEventListener("formdata", ({ target, formData }) => {
  if (!target.matches(".programme-search")) return;
  for (const key of [...formData.keys()]) {
    if (formData.getAll(key).every((value) => value === "")) formData.delete(key);
  }
});

const REPLACED = ["main", ".site-header"];
const HEAD = "link[rel=alternate], link[rel=canonical], meta[name=description], meta[property^='og:']";
const heading = () => document.querySelector(".calendar__count") ?? document.querySelector("main h1");

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);

let latest = new AbortController();

const asked = () => location.pathname + location.search;
let shown = asked();

const open = () => new Map([...document.querySelectorAll("main details[id]")].map((part) => [part.id, part.open]));

const place = (page) => {
  const opened = open();
  document.querySelector("main").classList.remove("in-steps");
  for (const part of REPLACED) {
    const here = document.querySelector(part);
    const there = page.querySelector(part);
    if (here && there) here.replaceChildren(...there.childNodes);
  }
  for (const [id, isOpen] of opened) {
    const part = document.getElementById(id);
    if (part) part.open = isOpen;
  }
  document.title = page.title;
  for (const link of document.head.querySelectorAll(HEAD)) link.remove();
  document.head.append(...page.head.querySelectorAll(HEAD));
};

const standing = () => ({ element: document.activeElement, value: document.activeElement.value });

// What stands in the new page for an element of the old one; nothing where neither a name nor an address tells.
const sameOf = (element) => {
  if (element.isConnected && element !== document.body) return element;
  if (element.id) return document.getElementById(element.id);
  const { id } = element.parentElement ?? {};
  if (id && element.matches("summary")) return document.querySelector(`#${CSS.escape(id)} > summary`);
  const address = element.getAttribute("href");
  return address && document.querySelector(`a[href="${CSS.escape(address)}"]`);
};

// Who waits for an answer may go on meanwhile, to another field or link or by typing. That is taken up in the new page.
const takeUp = ({ element, value }) => {
  const same = sameOf(element);
  if (!same) return false;
  if (same.matches("input[type=search]")) same.value = value;
  same.focus({ preventScroll: true });
  return true;
};

const focus = (id) => {
  const field = id && document.getElementById(id);
  if (field) {
    field.focus({ preventScroll: true });
    return;
  }
  heading().setAttribute("tabindex", "-1");
  heading().focus();
};

const show = async (url, { push = true, focusOn = "" } = {}) => {
  latest.abort();
  latest = new AbortController();
  const before = standing();
  document.querySelector("main").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: latest.signal, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Before anything is put in place, so that what is relative in it means the new address.
    if (push) history.pushState({}, "", answer.url);
    shown = asked();
    const now = standing();
    const wentOn = now.element !== before.element || now.value !== before.value;
    place(page);
    document.querySelector("main").removeAttribute("aria-busy");
    if (!wentOn || !takeUp(now)) focus(focusOn);
    said.textContent = heading().textContent;
  } catch (stopped) {
    // A newer choice took over; or there is something to explain, which the page itself does best.
    if (stopped.name !== "AbortError") location.assign(url);
  }
};

const address = (form) => {
  const url = new URL(form.action);
  url.search = new URLSearchParams(new FormData(form)).toString();
  return url.href;
};

const isLive = (form) => form !== null && form.matches("form[data-live]");

document.addEventListener("change", ({ target }) => {
  if (!isLive(target.form ?? null) || target.type === "search") return;
  show(address(target.form), { focusOn: target.id });
});

document.addEventListener("submit", (event) => {
  if (!isLive(event.target)) return;
  event.preventDefault();
  show(address(event.target));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("main a[href]");
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  // By their attributes: the links of the map are SVG's, whose properties hold objects.
  if (!link || !isPlain || link.hasAttribute("target") || link.hasAttribute("download")) return;
  const url = new URL(link.getAttribute("href"), document.baseURI);
  if (url.origin !== location.origin || url.pathname !== location.pathname || url.hash) return;
  if (!document.querySelector("form[data-live]")) return;
  event.preventDefault();
  show(url.href);
});

// A way to another place on the same page is no way to another page: what has been typed stays.
window.addEventListener("popstate", () => {
  if (asked() !== shown) show(location.href, { push: false });
});
