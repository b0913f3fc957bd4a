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
  const { longest, left, over } = field.dataset;
  const show = () => {
    const room = longest - field.value.length;
    counter.textContent = room > longest / 4 ? "" : `${Math.abs(room)} ${room < 0 ? over : left}`;
  };
  field.addEventListener("input", show);
  show();
}
