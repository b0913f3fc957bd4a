// Small kindnesses; every page works without them.

// After an error: go to the list of what to mend.
document.querySelector("[data-focus]")?.focus();

// A form is sent once, however often its button is pressed. The server is safe by itself; this spares people the doubt.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
}

// A page taken from the back-forward cache may be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-once]")) {
    delete form.dataset.sent;
    for (const button of form.elements) button.removeAttribute("aria-disabled");
  }
});

// Say how many characters are left, when few are.
for (const field of document.querySelectorAll("textarea[data-longest]")) {
  const counter = document.createElement("p");
  counter.className = "counter";
  counter.setAttribute("aria-live", "polite");
  field.after(counter);
  const english = document.documentElement.lang === "en";
  const show = () => {
    const longest = Number(field.dataset.longest);
    const left = longest - field.value.length;
    const words = left < 0 ? (english ? "too many" : "för många") : english ? "left" : "kvar";
    counter.textContent = left > longest / 4 ? "" : `${Math.abs(left)} ${english ? "characters" : "tecken"} ${words}`;
  };
  field.addEventListener("input", show);
  show();
}
