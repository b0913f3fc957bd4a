// In the frame: tell the page around it how high the programme is, now and whenever that changes. It is told nothing else.

const HEIGHT = "demokrativeckan:hojd";
const QUESTION = "demokrativeckan:fraga";

if (window.parent !== window) {
  const tell = () => {
    const height = Math.ceil(document.querySelector("main").getBoundingClientRect().height);
    window.parent.postMessage({ type: HEIGHT, height }, "*");
  };
  new ResizeObserver(tell).observe(document.querySelector("main"));
  // Whoever comes later than the first word asks for it.
  window.addEventListener("message", (event) => {
    if (event.source === window.parent && event.data?.type === QUESTION) tell();
  });
}
