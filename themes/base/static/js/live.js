// Viewers and host: ask for the session's state every two seconds while the page is seen; the answer is small, the same
// for everybody, and empty when nothing changed.
const place = document.querySelector("[data-live]");
const every = 2000;
let mark = "";

function show(state) {
  const list = place.querySelector("[data-items]");
  for (const item of state.items) {
    const row = place.querySelector(`[data-item="${item.id}"]`);
    if (!row) { location.reload(); return; }
    const number = row.querySelector("[data-n]");
    if (number) number.textContent = item.left > 0 ? `${item.left} ${place.dataset.left}` : place.dataset.out;
    const buy = row.querySelector("[data-buy]");
    if (buy) buy.hidden = state.state !== "on_air" || item.left < 1;
    if (!list) continue;
    const pinned = item.id === state.pinned;
    row.className = pinned ? "pinned" : "job";
    if (pinned && list.firstElementChild !== row) list.prepend(row);
  }
  const notice = place.querySelector("[data-notice]");
  if (!notice) return;
  notice.hidden = state.state === "on_air";
  const words = { ended: place.dataset.ended, paused: place.dataset.paused }[state.state];
  if (words) place.querySelector("[data-notice-text]").textContent = words;
  place.querySelector("[data-on]")?.classList.toggle("live__on--air", state.state === "on_air");
}

async function ask() {
  if (!document.hidden) {
    try {
      const reply = await fetch(place.dataset.live, { headers: mark ? { "If-None-Match": mark } : {}, cache: "no-store" });
      if (reply.status === 200) {
        mark = reply.headers.get("ETag") ?? "";
        const state = await reply.json();
        show(state);
        if (state.state === "ended") return;
      }
    } catch { /* the line comes back */ }
  }
  setTimeout(ask, every);
}
if (place) ask();
