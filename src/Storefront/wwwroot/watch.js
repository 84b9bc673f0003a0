// Keeps a page that waits for something up to date: asks for it again, shows what is new and says it to screen readers.
// Without scripts such a page reloads itself instead, by the refresh in its head.
const main = document.getElementById("main");
const news = document.getElementById("news");
const words = (part) => part.textContent.replace(/\s+/g, " ");
let shown = words(main); // as the server wrote it: times.js comes later

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch(main.dataset.again || location.href);
      if (new URL(answer.url).pathname !== location.pathname) return location.replace(answer.url);
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // No network for a moment: it is asked for again.
    }
  }
  if (main.dataset.every) setTimeout(look, main.dataset.every * 1000);
}

function show(page) {
  const next = page.getElementById("main");
  Object.assign(main.dataset, { again: next.dataset.again ?? "", every: next.dataset.every ?? "" });
  if (words(next) === shown) return;
  shown = words(next);
  document.title = page.title;
  main.replaceChildren(...next.childNodes);
  news.textContent = main.querySelector("h1").textContent;
}

setTimeout(look, main.dataset.every * 1000);
