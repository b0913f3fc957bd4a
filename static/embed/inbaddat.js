// For pages that show the programme of Demokrativeckan: https://… /visa-pa-er-webbplats makes what to paste.
// 1. A frame of ours becomes as high as what is in it. 2. <demokrativeckan-program src="…" niva="2"> shows the programme
// without a frame. It sets no cookie, stores nothing, and asks nobody but the site that it was loaded from.
(() => {
  "use strict";

  const HOME = new URL(document.currentScript.src).origin;
  const HEIGHT = "demokrativeckan:hojd";
  const QUESTION = "demokrativeckan:fraga";
  const HIGHEST = 30000;
  const LOWEST_LEVEL = 6;

  const isOurs = (address) => {
    try {
      return new URL(address, document.baseURI).origin === HOME;
    } catch {
      return false;
    }
  };

  const framesOfOurs = () => [...document.querySelectorAll("iframe")].filter((frame) => isOurs(frame.src));

  window.addEventListener("message", (event) => {
    if (event.origin !== HOME || event.data?.type !== HEIGHT) return;
    const height = Number(event.data.height);
    if (!(height > 0 && height <= HIGHEST)) return;
    const frame = framesOfOurs().find((each) => each.contentWindow === event.source);
    if (!frame) return;
    // Its own border is for a frame that scrolls.
    frame.style.border = "0";
    frame.style.height = `${height}px`;
  });

  const ask = () => {
    for (const frame of framesOfOurs()) frame.contentWindow?.postMessage({ type: QUESTION }, HOME);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ask);
  else ask();

  // Headings of the programme begin at a level that fits where it stands.
  const withHeadingsFrom = (content, level) => {
    for (const heading of content.querySelectorAll("h1, h2, h3")) {
      const depth = Math.min(Number(heading.localName[1]) + level - 1, LOWEST_LEVEL);
      const fitting = document.createElement(`h${depth}`);
      for (const { name, value } of heading.attributes) fitting.setAttribute(name, value);
      fitting.append(...heading.childNodes);
      heading.replaceWith(fitting);
    }
  };

  const fetched = async (address) => {
    const answer = await fetch(address, { mode: "cors", credentials: "omit" });
    return answer.text();
  };

  class Program extends HTMLElement {
    static observedAttributes = ["src", "niva"];

    connectedCallback() {
      this.show();
    }

    attributeChangedCallback(_name, before, now) {
      if (this.isConnected && before !== null && before !== now) this.show();
    }

    // What stands in the element is shown until the programme is here, and for good if it does not come.
    async show() {
      const address = new URL(this.getAttribute("src") ?? "", document.baseURI);
      if (!isOurs(address)) {
        console.warn(`demokrativeckan-program: src must be an address at ${HOME}`);
        return;
      }
      try {
        const page = new DOMParser().parseFromString(await fetched(address), "text/html");
        const content = page.querySelector("main.embed");
        const style = page.querySelector("link[rel=stylesheet]").getAttribute("href");
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(await fetched(new URL(style, address)));
        this.put(content, sheet, page.documentElement.lang);
      } catch (error) {
        console.warn("demokrativeckan-program: the programme cannot be shown just now", error);
      }
    }

    put(content, sheet, lang) {
      const level = Number(this.getAttribute("niva") ?? 2);
      withHeadingsFrom(content, level >= 1 && level <= LOWEST_LEVEL ? Math.trunc(level) : 2);
      // No second main in somebody's page.
      const part = document.createElement("div");
      for (const { name, value } of content.attributes) part.setAttribute(name, value);
      part.lang = lang;
      part.append(...content.childNodes);
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      root.replaceChildren(part);
    }
  }

  if (!customElements.get("demokrativeckan-program")) customElements.define("demokrativeckan-program", Program);
})();
