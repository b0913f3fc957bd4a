// A button that copies what stands in a field. Without this script the field is there to select from, and no button.

const copy = async (field) => {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Not over plain http, and not where the browser forbids it: what is selected can be copied by hand.
    return false;
  }
};

for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const told = button.closest(".subscribe__address").querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    told.textContent = (await copy(field)) ? button.dataset.done : button.dataset.failed;
  });
}
