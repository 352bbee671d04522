// The offline page lists what the service worker has kept: own orders and passports that were opened.
const box = document.querySelector("[data-kept-pages]");
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (!data.kept) return;
  box.hidden = false;
  for (const { path, title, order } of data.kept) {
    const part = box.querySelector(`[data-kind=${order ? "order" : "passport"}]`);
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: path, className: "link", textContent: title }));
    part.querySelector("ul").append(item);
    part.hidden = false;
  }
  box.querySelector("[data-none]").hidden = data.kept.length > 0;
});
navigator.serviceWorker?.controller?.postMessage("kept");
addEventListener("online", () => location.reload());
