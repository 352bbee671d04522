// Small comforts of every page: the first error has the focus, a form is sent once, the service worker keeps pages for bad signal.
document.querySelector("[data-focus]")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});

// After signing out, this browser keeps no orders for bad signal.
document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action")?.endsWith("/dang-xuat/")) navigator.serviceWorker?.controller?.postMessage("forget");
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});

// A choice that sends itself needs no button.
for (const button of document.querySelectorAll("form[data-auto-submit] [data-go]")) button.hidden = true;

let later;
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto-submit]");
  if (!form || event.target.type === "text") return;
  if (!form.querySelector("[data-go]") && !matchMedia("(width >= 64rem)").matches) return;
  // A number is often changed several times in a row: wait for the last one.
  clearTimeout(later);
  later = setTimeout(() => form.requestSubmit(), event.target.type === "number" ? 700 : 0);
});

if ("serviceWorker" in navigator && document.documentElement.dataset.worker !== "off") {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
