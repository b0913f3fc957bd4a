// Fields that belong to one answer are hidden while another is chosen. What is written in them stays, and one with
// something in it, or with an error, is never hidden. Without this script every field is there.

const chosenIn = (form, name) => new FormData(form).get(name);

const holdsSomething = (part) =>
  part.querySelector("[aria-invalid]") !== null ||
  [...part.querySelectorAll("input, textarea, select")].some((field) =>
    field.type === "checkbox" || field.type === "radio" ? field.checked : field.value !== "",
  );

const show = (form) => {
  for (const part of form.querySelectorAll("[data-shown-for]")) {
    const chosen = chosenIn(form, part.dataset.shownFor);
    const applies = chosen !== null && part.dataset.values.split(" ").includes(chosen);
    part.hidden = !applies && !holdsSomething(part);
  }
};

for (const form of document.querySelectorAll("form")) {
  if (!form.querySelector("[data-shown-for]")) continue;
  form.addEventListener("change", () => show(form));
  show(form);
}

// Enter in a search field searches, instead of saving the whole form.
for (const field of document.querySelectorAll(".search-row input")) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    field.closest(".search-row").querySelector("button").click();
  });
}
